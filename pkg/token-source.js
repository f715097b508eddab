// Tokens of OAuth that renew themselves: a function for the option `accessToken`. A refresh token works once, and a
// refresh ends the old access token at once, so whatever gets or ends tokens is done one at a time.
import { DecodeError, inputError, isSupabaseManagementError, nearest, SupabaseManagementError } from "./errors.js";
import { kindOf } from "./options.js";

const row = { id: "createTokenSource", route: "" };
const kinds = {
  client: "object",
  clientId: "string",
  clientSecret: "string",
  clientAuthentication: "string",
  tokens: "object",
  onTokens: "function",
  refreshBeforeSeconds: "number",
  now: "function",
};

function refuse(path, expected, received) {
  throw inputError(row, `options${path}`, expected, received);
}

const nameOf = (value) => (value === undefined ? "nothing" : kindOf(value));

function checkNames(given, names, more = "") {
  const name = Object.keys(given).find((it) => !names.includes(it));
  if (name === undefined) return;
  const hint = nearest(name, names) || `there are ${names.join(", ")}${more}`;
  refuse(`.${name}`, `a known option (${hint})`, "an unknown option");
}

function check(given) {
  if (kindOf(given) !== "object") refuse("", "object", nameOf(given));
  checkNames(given, Object.keys(kinds), "; those of a client belong into client");
  for (const [name, value] of Object.entries(given)) {
    const kind = kindOf(value);
    if (value !== undefined && kind !== kinds[name]) refuse(`.${name}`, kinds[name], kind);
  }
  const { clientId, clientSecret, clientAuthentication: way = "form", tokens, refreshBeforeSeconds } = given;
  if (!clientId)
    refuse(".clientId", "the client ID of the app", clientId === undefined ? "nothing" : "an empty string");
  if (way !== "form" && way !== "header") {
    refuse(".clientAuthentication", `one of "form", "header"`, "another string");
  }
  if (way === "header" && !clientSecret) refuse(".clientSecret", "string, as it goes into the header", "nothing");
  if (refreshBeforeSeconds < 0) refuse(".refreshBeforeSeconds", "a number of seconds, 0 or more", "another number");
  for (const [name, kind] of tokens ? Object.entries({ access_token: "string", refresh_token: "string" }) : []) {
    if (kindOf(tokens[name]) !== kind) refuse(`.tokens.${name}`, kind, nameOf(tokens[name]));
  }
  const { expiresAt = null } = tokens ?? {};
  if (expiresAt !== null && kindOf(expiresAt) !== "number") {
    refuse(".tokens.expiresAt", "number, in milliseconds since 1970", kindOf(expiresAt));
  }
}

/** Adds to the words of an error. It is the error of the call that failed, so it keeps all else. */
function explain(error, words) {
  const { message, stack } = error;
  error.message = `${message}; ${words}`;
  if (stack) error.stack = stack.replace(message, () => error.message);
}

/** Whether the refresh token was not used up: certainly, or as servers that fail mostly do nothing. */
function isRepeatable({ name, attempts, status, outcomeUnknown, message }) {
  if (name === "ApiError") return status < 400 || status === 408 || status === 429 || status > 499;
  // An answer of 2xx that broke off has used it up.
  if (name === "ConnectionError") return !message.includes("succeeded");
  return attempts === 0 || (name === "TimeoutError" && !outcomeUnknown);
}

/** The function `createTokenSource` of an entry, whose class of clients it uses. */
export const defineTokenSource = (Client) =>
  function createTokenSource(options) {
    check(options);
    const {
      client: given,
      clientId,
      clientSecret,
      onTokens,
      refreshBeforeSeconds = 60,
      now = () => Date.now(),
    } = options;
    const client = typeof given?.oauth?.token === "function" ? given : new Client(given);
    const app = { client_id: clientId, client_secret: clientSecret };
    // Encoded as RFC 6749 asks for (2.3.1). A strict client would refuse answers that lack what nobody needs.
    const basic = () => `Basic ${btoa([clientId, clientSecret].map(encodeURIComponent).join(":"))}`;
    const [form, callOptions] =
      options.clientAuthentication === "header"
        ? [{}, { validation: "lenient", headers: { authorization: basic() } }]
        : [app, { validation: "lenient" }];

    /** What calls use; what is to replace it and waits for `onTokens`; why there is nothing to be had. */
    let current;
    let fresh;
    let failure;
    /** A refresh in progress, which all callers share; something else in progress, which they wait for. */
    let refreshing;
    let busy;

    /** Tokens as they are kept. */
    function kept(tokens, begun, old) {
      const { access_token, expires_in } = tokens;
      const expiresAt = tokens.expiresAt ?? (expires_in > 0 ? begun + expires_in * 1000 : undefined);
      return { ...tokens, access_token: access_token.trim(), refresh_token: tokens.refresh_token || old, expiresAt };
    }

    /** Whether it is time. Of tokens that live shortly, no more than half of the time is given away. */
    function isDue({ expiresAt, expires_in }) {
      const seconds = expires_in > 0 ? Math.min(refreshBeforeSeconds, expires_in / 2) : refreshBeforeSeconds;
      return now() >= expiresAt - seconds * 1000;
    }

    /** Asks for tokens. They are nobody's before they are stored. */
    async function fetchTokens(grant, old) {
      const begun = now();
      const { data, status } = await client.oauth.token({ ...form, ...grant }, callOptions).withResponse();
      const token = data.access_token;
      if (typeof token !== "string" || !token.trim()) {
        const [endpoint, route] = ["oauth.token", "POST /v1/oauth/token"];
        const what = {
          path: "access_token",
          expected: "string",
          received: typeof token === "string" ? "an empty string" : nameOf(token),
        };
        const words = `${status}, so the operation itself succeeded, but the answer cannot be used`;
        const message = `${endpoint} (${route}): ${words}: access_token: expected string, received ${what.received}`;
        throw new DecodeError({ ...what, message, endpoint, route, attempts: 1, status, text: "" });
      }
      fresh = kept({ ...data, expiresAt: undefined }, begun, old);
      failure = undefined;
    }

    /** Nothing is lost where it throws: the next who asks comes here again. */
    async function store() {
      await onTokens?.({ ...fresh });
      current = fresh;
      fresh = undefined;
      return current.access_token;
    }

    async function renew(must) {
      if (!fresh) {
        try {
          await fetchTokens(
            { grant_type: "refresh_token", refresh_token: current.refresh_token },
            current.refresh_token,
          );
        } catch (error) {
          if (!isRepeatable(Object(error))) fail(error);
          // It was only early.
          else if (!must && now() < current.expiresAt) return current.access_token;
          throw error;
        }
      }
      return store();
    }

    function fail(error) {
      const final = error?.name === "ApiError";
      failure = { error, final };
      if (!isSupabaseManagementError(error)) return;
      if (final) error.signInRequired = true;
      explain(
        error,
        final
          ? "the tokens cannot be renewed, the user must sign in again"
          : "the refresh token may be used up: refresh() of the token source tries it again, or let the user sign in",
      );
    }

    /** `refused` is the token that a server refused, `true` to have another one whatever is known. */
    function give(refused) {
      if (busy) return busy.then(() => give(refused));
      if (refreshing) return refreshing;
      if (failure && (failure.final || refused !== true)) throw failure.error;
      if (!current && !fresh) refuse(".tokens", "tokens, or a code that was exchanged before", "nothing");
      const must = refused === true || (refused !== undefined && refused === current?.access_token);
      if (!fresh && !must && !isDue(current)) return current.access_token;
      refreshing = renew(must).finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    }

    /** Does something while nothing else is done with the tokens. Who asks from now on, waits for it. */
    function alone(run) {
      const before = busy ?? refreshing?.catch(() => {});
      const done = (async () => {
        await before;
        return run();
      })();
      const end = () => {
        if (busy === mine) busy = undefined;
      };
      const mine = done.then(end, end);
      busy = mine;
      return done;
    }

    if (options.tokens) current = kept(options.tokens, now());
    const source = async () => give();
    const methods = {
      refresh: async (refused = true) => give(refused),
      tokens: () => (fresh || current) && { ...(fresh ?? current) },
      exchange: async (grant = {}) => {
        checkNames(grant, ["code", "codeVerifier", "redirectUri", "resource"]);
        const { code, codeVerifier: code_verifier, redirectUri: redirect_uri, resource } = grant;
        return alone(async () => {
          await fetchTokens({ grant_type: "authorization_code", code, code_verifier, redirect_uri, resource });
          await store();
          return methods.tokens();
        });
      },
      revoke: () =>
        alone(async () => {
          const { refresh_token } = methods.tokens() ?? refuse(".tokens", "tokens", "nothing");
          await client.oauth.revoke({ ...app, refresh_token });
          current = fresh = undefined;
          const error = new SupabaseManagementError({
            message: "createTokenSource: the tokens were revoked, the user must sign in again",
          });
          failure = { error, final: true };
        }),
    };
    return Object.assign(source, methods);
  };
