// Tokens of OAuth that renew themselves: a function for the option `accessToken`. When there is a refresh and what its failure
// means is Rust (src/flows/oauth/renewal.rs); the tokens are kept here, where a trap cannot lose them.
import { calledBy, errorOf, explain, isSupabaseManagementError } from "./errors.js";
import { Pending } from "./pending.js";

let sources = 0;

/** What the wasm needs of a source: see `JsTokenSource` in src/js/tokens.rs. */
class State {
  number = ++sources;
  saved = {};

  constructor({ refreshBeforeSeconds = 60, now = Date.now, onTokens }, calls) {
    Object.assign(this, calls, {
      refreshBeforeSeconds,
      now: () => now(),
      store: (tokens) => onTokens?.({ ...tokens }),
    });
  }

  error = errorOf;

  keep(saved) {
    const { error, signInRequired, words } = saved.failure ?? {};
    if (error !== this.saved.failure?.error && isSupabaseManagementError(error)) {
      if (signInRequired) error.signInRequired = true;
      explain(error, words);
    }
    this.saved = saved;
  }

  tokens() {
    const tokens = this.saved.fresh ?? this.saved.current;
    return tokens && { ...tokens };
  }
}

/** The function `createTokenSource` of an entry, whose class of clients it uses. */
export const defineTokenSource = (runtime, Client) =>
  function createTokenSource(options) {
    const check = (name, given) => {
      const error = runtime.invoke(name, given);
      if (error) throw calledBy(createTokenSource, errorOf(error));
    };
    check("checkTokenOptions", options);
    const { client: given, clientId, clientSecret, clientAuthentication, tokens } = options;
    const client = typeof given?.oauth?.token === "function" ? given : new Client(given);
    const app = { client_id: clientId, client_secret: clientSecret };
    const inHeader = clientAuthentication === "header";
    // A strict client would refuse answers that lack what nobody needs.
    const callOptions = { validation: "lenient" };
    if (inHeader) callOptions.headers = { authorization: runtime.invoke("basicAuthorization", clientId, clientSecret) };
    const state = new State(options, {
      request: (grant) => client.oauth.token({ ...(inHeader ? {} : app), ...grant }, callOptions).withResponse(),
      revoke: (refreshToken) => client.oauth.revoke({ ...app, refresh_token: refreshToken }),
    });
    if (tokens) runtime.invoke("keepTokens", state, tokens);

    async function ask(name, ...args) {
      const pending = new Pending(runtime);
      runtime.invoke(name, state, pending, ...args);
      return pending.outcome(ask);
    }
    const source = () => ask("giveToken", undefined);
    return Object.assign(source, {
      refresh: (refused = true) => ask("giveToken", refused),
      tokens: () => state.tokens(),
      async exchange(grant = {}) {
        check("checkGrant", grant);
        const { code, codeVerifier: code_verifier, redirectUri: redirect_uri, resource } = grant;
        await ask("exchangeCode", { grant_type: "authorization_code", code, code_verifier, redirect_uri, resource });
        return state.tokens();
      },
      revoke: () => ask("revokeTokens"),
    });
  };
