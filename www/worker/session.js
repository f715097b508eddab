// The session of a user who has logged in. It is one object, wherever the user's requests arrive: a refresh token works once,
// so all of them must wait for the same refresh. The tokens never leave it, as the proxy runs inside.
import { DurableObject } from "cloudflare:workers";
import { createTokenSource, SupabaseManagement } from "supabase-management-wasm";
import { createProxy } from "supabase-management-wasm/proxy";
import { allow, expose } from "./access.js";
import { json } from "./answers.js";

/** How long a session lasts, used or not. */
export const sessionSeconds = 7 * 24 * 60 * 60;

export class Session extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    ctx.blockConcurrencyWhile(async () => {
      const saved = await ctx.storage.get(["tokens", "user", "ends"]);
      this.user = saved.get("user");
      this.ends = saved.get("ends");
      if (saved.has("tokens")) this.use(saved.get("tokens"));
    });
  }

  /** Makes what renews the tokens, and the proxy that adds them. */
  use(tokens) {
    const { SUPABASE_API_URL: baseUrl, SUPABASE_CLIENT_ID: clientId, SUPABASE_CLIENT_SECRET: clientSecret } = this.env;
    this.source = createTokenSource({
      client: { baseUrl },
      clientId,
      clientSecret,
      tokens,
      onTokens: (fresh) => this.ctx.storage.put("tokens", fresh),
    });
    this.proxy = createProxy({
      prefix: "/api",
      baseUrl,
      allow,
      expose,
      accessToken: this.source,
      // Whose session it is was decided before: this object is that of one user.
      authorize: () => true,
      onError: (error, context) => this.onError(error, context),
    });
  }

  /** Begins the session with the code that the user came back with. */
  async open(grant) {
    this.use();
    await this.source.exchange(grant);
    this.user = await this.whoIs();
    this.ends = Date.now() + sessionSeconds * 1_000;
    await this.ctx.storage.put({ user: this.user, ends: this.ends });
    await this.ctx.storage.setAlarm(this.ends);
  }

  /** The email address of the user; undefined where the app may not ask for it. */
  async whoIs() {
    const client = new SupabaseManagement({ baseUrl: this.env.SUPABASE_API_URL, accessToken: this.source });
    const profile = await client.profile.get().catch(() => undefined);
    return profile?.primary_email;
  }

  isOpen() {
    return this.source !== undefined && this.ends > Date.now();
  }

  /** Who is logged in; undefined for nobody. */
  about() {
    return this.isOpen() ? { user: this.user } : undefined;
  }

  /** A call of the page. */
  async fetch(request) {
    if (!this.isOpen()) return loggedOut();
    const response = await this.proxy(request);
    return this.isOpen() ? response : loggedOut();
  }

  /** A token that cannot be renewed any more is the end of the session: the user has taken the access away. */
  onError(error, { endpoint, status }) {
    console.error(`${endpoint} answered ${status}: ${error.name}`);
    if (error.signInRequired) this.ctx.waitUntil(this.forget());
  }

  /** Ends the session, and revokes what the user has granted. */
  async close() {
    const { source } = this;
    await this.forget();
    // The user is logged out here in any case; the tokens end by themselves where the API cannot be reached.
    await source?.revoke().catch((error) => console.error(`the tokens could not be revoked: ${error.name}`));
  }

  async forget() {
    this.source = this.proxy = this.user = this.ends = undefined;
    await this.ctx.storage.deleteAll();
  }

  alarm() {
    return this.close();
  }
}

export const loggedOut = () => json(401, { message: "You are not logged in." });
