// A login that has begun: what must be remembered until the user comes back. Each is an object of its own, which gives its
// secrets away once.
import { DurableObject } from "cloudflare:workers";
import { SupabaseManagement } from "supabase-management-wasm";

/** How long somebody may take to agree. */
export const loginSeconds = 600;

export class Login extends DurableObject {
  /** Resolves to the address of the API where the user agrees. */
  async begin(redirectUri) {
    const { SUPABASE_API_URL: baseUrl, SUPABASE_CLIENT_ID: client_id } = this.env;
    const { oauth } = new SupabaseManagement({ baseUrl });
    const state = oauth.createState();
    const { codeVerifier, codeChallenge, codeChallengeMethod } = await oauth.createPkce();
    const query = {
      client_id,
      redirect_uri: redirectUri,
      response_type: "code",
      state,
      code_challenge: codeChallenge,
      code_challenge_method: codeChallengeMethod,
    };
    const address = oauth.authorizeUrl(query);
    await this.ctx.storage.put("login", { state, codeVerifier, redirectUri, ends: Date.now() + loginSeconds * 1_000 });
    await this.ctx.storage.setAlarm(Date.now() + loginSeconds * 1_000);
    return address;
  }

  /** What the exchange of the code needs; undefined for another state, the second time, or too late. */
  async take(state) {
    const login = await this.ctx.storage.get("login");
    await this.ctx.storage.deleteAll();
    if (!login || login.state !== state || Date.now() > login.ends) return undefined;
    return { codeVerifier: login.codeVerifier, redirectUri: login.redirectUri };
  }

  alarm() {
    return this.ctx.storage.deleteAll();
  }
}
