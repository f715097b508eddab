// OAuth as TypeScript sees it. Checked by types.test.js; never run.
import {
  type AccessToken,
  createTokenSource,
  isApiError,
  type Pkce,
  type StoredTokens,
  SupabaseManagement,
  type TokenSource,
} from "../../pkg/index.js";

const client = new SupabaseManagement();
const clientId = "b9bc9e13-fd1b-4ba2-9ad6-b1c5a1a8c8d0";
const redirectUri = "https://app.example/callback";

// PKCE: what is made fits where it goes.
const pkce: Pkce = await client.oauth.createPkce();
const state: string = client.oauth.createState();
const address: string = client.oauth.authorizeUrl({
  client_id: clientId,
  response_type: "code",
  redirect_uri: redirectUri,
  state,
  code_challenge: pkce.codeChallenge,
  code_challenge_method: pkce.codeChallengeMethod,
});
// @ts-expect-error it is a promise
client.oauth.createPkce().codeVerifier;

// What the endpoint answers is what a source takes.
const answer = await client.oauth.token({ grant_type: "authorization_code", code: "a", code_verifier: "b" });
const source: TokenSource = createTokenSource({
  client: { baseUrl: "/api/proxy" },
  clientId,
  clientSecret: "sba_",
  clientAuthentication: "header",
  tokens: answer,
  onTokens: async (tokens) => localStorage.setItem("tokens", JSON.stringify(tokens satisfies StoredTokens)),
  refreshBeforeSeconds: 30,
  now: () => performance.now(),
});
const accessToken: AccessToken = source;
const user = new SupabaseManagement({ accessToken: source });
await user.projects.list({ accessToken });
const tokens: StoredTokens = await source.exchange({ code: "a", codeVerifier: pkce.codeVerifier, redirectUri });
createTokenSource({ client, clientId, tokens });
const again: string = await source.refresh("sbp_oauth_0");
const none: void = await source.revoke();
const left: StoredTokens | undefined = source.tokens();
// @ts-expect-error there may be none
source.tokens().access_token;
// @ts-expect-error the client ID is missing
createTokenSource({ clientSecret: "sba_" });
// @ts-expect-error a form or a header
createTokenSource({ clientId, clientAuthentication: "basic" });
// @ts-expect-error options of a client belong into client
createTokenSource({ clientId, baseUrl: "/" });
// @ts-expect-error tokens have a refresh token
createTokenSource({ clientId, tokens: { access_token: "a" } });
// @ts-expect-error the code is missing
source.exchange({ codeVerifier: pkce.codeVerifier });

function mustSignIn(error: unknown): boolean {
  return isApiError(error) && error.signInRequired === true;
}

export { address, again, left, mustSignIn, none };
