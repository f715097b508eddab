// Tokens of OAuth that renew themselves: a function for the option `accessToken`. When there is a refresh and what its failure
// means is Rust (src/flows/oauth/renewal.rs); the tokens are kept here, where a trap cannot lose them.
import { calledBy, errorOf, explain, isSupabaseManagementError, share, siteOf } from "./errors.js";
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

  error = (record) => share(errorOf(record));

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
    const check = (method, name, options) => {
      const error = runtime.invoke(name, options);
      if (error) throw calledBy(method, errorOf(error));
    };
    check(createTokenSource, "checkTokenOptions", options);
    const { client: asked, clientId, clientSecret, clientAuthentication } = options;
    const tokens = snapshot(options.tokens);
    const client = typeof asked?.oauth?.token === "function" ? asked : new Client(asked);
    const app = { client_id: clientId, client_secret: clientSecret };
    const inHeader = clientAuthentication === "header";
    // A strict client would refuse answers that lack what nobody needs.
    const callOptions = { validation: "lenient" };
    if (inHeader) callOptions.headers = { authorization: runtime.invoke("basicAuthorization", clientId, clientSecret) };
    // Asynchronous, as the client may be somebody else's: what it throws is then what the promise rejects with.
    const request = async (call) => call();
    const fail = (error) => Promise.reject(share(error));
    const grantTo = (app, grant) => client.oauth.token({ ...app, ...grant }, callOptions).withResponse();
    const state = new State(options, {
      request: (grant) => request(() => grantTo(inHeader ? {} : app, grant)).catch(fail),
      revoke: (refresh_token) => request(() => client.oauth.revoke({ ...app, refresh_token })).catch(fail),
    });
    if (tokens) runtime.invoke("keepTokens", state, tokens);

    /** A function that asks the wasm. `prepare` makes the argument of what it was given. */
    const asking = (name, prepare = () => undefined) =>
      async function ask(given) {
        const argument = prepare(given, ask);
        const pending = Object.assign(new Pending(runtime), { caller: siteOf(ask) });
        runtime.invoke(name, state, pending, argument);
        return pending.outcome();
      };
    return Object.assign(asking("giveToken"), {
      refresh: asking("giveToken", (refused = true) => refused),
      tokens: () => state.tokens(),
      exchange: asking("exchangeCode", (given = {}, exchange) => {
        const grant = snapshot(given);
        check(exchange, "checkGrant", grant);
        const { code, codeVerifier: code_verifier, redirectUri: redirect_uri, resource } = grant;
        return { grant_type: "authorization_code", code, code_verifier, redirect_uri, resource };
      }),
      revoke: asking("revokeTokens"),
    });
  };
