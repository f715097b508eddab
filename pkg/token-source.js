// Tokens of OAuth that renew themselves: a function for the option `accessToken`. When there is a refresh and what its failure
// means is Rust (src/flows/oauth/renewal.rs); the tokens are kept here, where a trap cannot lose them.
import { calledBy, errorOf, explain, isSupabaseManagementError } from "./errors.js";
import { snapshot } from "./json.js";
import { Pending } from "./pending.js";

let sources = 0;

/** What the wasm needs of a source: see `JsTokenSource` in src/js/tokens.rs. */
class State {
  number = ++sources;
  saved = {};

  constructor({ refreshBeforeSeconds = 60, now = Date.now, onTokens }, calls) {
    Object.assign(this, calls, {
      refreshBeforeSeconds,
      now: () => timeOf(now),
      store: (tokens) => onTokens?.({ ...tokens }),
    });
  }

  error = errorOf;

  keep(saved) {
    const before = this.saved.failure?.error;
    this.saved = saved;
    const { error, signInRequired, words } = saved.failure ?? {};
    if (error === before || !isSupabaseManagementError(error)) return;
    try {
      if (signInRequired) error.signInRequired = true;
      explain(error, words);
    } catch {
      // An error of somebody else's client may be one that cannot be changed.
    }
  }

  tokens() {
    const tokens = this.saved.fresh ?? this.saved.current;
    return tokens && { ...tokens };
  }
}

/** What a clock says. One that fails, or tells no time, is not looked at. */
function timeOf(clock) {
  try {
    const time = clock();
    if (Number.isFinite(time)) return time;
  } catch {
    // The platform's own clock has the time, too.
  }
  return Date.now();
}

/** The function `createTokenSource` of an entry, whose class of clients it uses. */
export const defineTokenSource = (runtime, Client) =>
  function createTokenSource(given) {
    const options = snapshot(given);
    const check = (name, options) => {
      const error = runtime.invoke(name, options);
      if (error) throw calledBy(createTokenSource, errorOf(error));
    };
    check("checkTokenOptions", options);
    const { client: asked, clientId, clientSecret, clientAuthentication } = options;
    const tokens = snapshot(options.tokens);
    const client = typeof asked?.oauth?.token === "function" ? asked : new Client(asked);
    const app = { client_id: clientId, client_secret: clientSecret };
    const inHeader = clientAuthentication === "header";
    // A strict client would refuse answers that lack what nobody needs.
    const callOptions = { validation: "lenient" };
    if (inHeader) callOptions.headers = { authorization: runtime.invoke("basicAuthorization", clientId, clientSecret) };
    // Asynchronous, as the client may be somebody else's: what it throws is then what the promise rejects with.
    const state = new State(options, {
      request: async (grant) => client.oauth.token({ ...(inHeader ? {} : app), ...grant }, callOptions).withResponse(),
      revoke: async (refreshToken) => client.oauth.revoke({ ...app, refresh_token: refreshToken }),
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
      async exchange(given = {}) {
        const grant = snapshot(given);
        check("checkGrant", grant);
        const { code, codeVerifier: code_verifier, redirectUri: redirect_uri, resource } = grant;
        await ask("exchangeCode", { grant_type: "authorization_code", code, code_verifier, redirect_uri, resource });
        return state.tokens();
      },
      revoke: () => ask("revokeTokens"),
    });
  };
