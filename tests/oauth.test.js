// PKCE, and tokens that renew themselves, against a server that has the API's rules about tokens.
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { createServer } from "node:net";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { createTokenSource, isApiError, isSupabaseManagementError, SupabaseManagement } from "../pkg/index.js";
import { answerJson, assertHidden, later, printed, rejection, thrown, within } from "./support.js";
import { clientId, clientSecret, serveTokens, tokensOf } from "./token-server.js";

const old = { access_token: "sbp_oauth_0", refresh_token: "refresh_0" };
const expired = { ...old, expiresAt: 1 };

/** A source of tokens for a server. */
const sourceOf = ({ url }, options) =>
  createTokenSource({ client: { baseUrl: url }, clientId, clientSecret, tokens: expired, ...options });

/** Runs something with other globals. */
async function having(name, value, run) {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return await run();
  } finally {
    if (before) Object.defineProperty(globalThis, name, before);
    else delete globalThis[name];
  }
}

describe("PKCE", () => {
  const { oauth } = new SupabaseManagement();

  it("makes of a verifier the challenge of RFC 7636, appendix B", async () => {
    const bytes = Buffer.from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "base64url");
    const fixed = { subtle: webcrypto.subtle, getRandomValues: (array) => array.fill(0) && bytes };
    assert.deepEqual(await having("crypto", fixed, () => oauth.createPkce()), {
      codeVerifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
      codeChallenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      codeChallengeMethod: "S256",
    });
  });

  it("makes another verifier every time, of 43 letters that need no escape", async () => {
    const pairs = await Promise.all(Array.from({ length: 100 }, () => oauth.createPkce()));
    assert.equal(new Set(pairs.map(({ codeVerifier }) => codeVerifier)).size, 100);
    for (const { codeVerifier, codeChallenge } of pairs) {
      assert.match(codeVerifier, /^[\w-]{43}$/);
      assert.equal(codeChallenge, createHash("sha256").update(codeVerifier).digest("base64url"));
    }
  });

  it("makes states that nobody can guess, and both fit into the address", async () => {
    const states = Array.from({ length: 100 }, () => oauth.createState());
    assert.equal(new Set(states).size, 100);
    for (const state of states) assert.match(state, /^[\w-]{43}$/);
    const { codeChallenge, codeChallengeMethod } = await oauth.createPkce();
    const address = new URL(
      oauth.authorizeUrl({
        client_id: clientId,
        response_type: "code",
        redirect_uri: "https://app.example/callback",
        state: states[0],
        code_challenge: codeChallenge,
        code_challenge_method: codeChallengeMethod,
      }),
    );
    assert.equal(address.searchParams.get("code_challenge"), codeChallenge);
    assert.equal(address.searchParams.get("state"), states[0]);
  });

  for (const [where, crypto] of [
    ["without Web Crypto", undefined],
    ["on a page of http", { getRandomValues: (array) => webcrypto.getRandomValues(array) }],
  ]) {
    it(`says what is missing ${where}`, async () => {
      const error = await having("crypto", crypto, () => rejection(oauth.createPkce()));
      assert.ok(isSupabaseManagementError(error), inspect(error));
      assert.equal(error.name, "InputError");
      const words = (part) => `oauth: crypto.${part}: expected Web Crypto, as in Node 20 or on https, received nothing`;
      assert.equal(error.message, words(crypto ? "subtle" : "getRandomValues"));
      const state = await having("crypto", crypto, async () =>
        crypto ? oauth.createState() : thrown(oauth.createState),
      );
      if (crypto) assert.match(state, /^[\w-]{43}$/);
      else assert.equal(state.message, words("getRandomValues"));
    });
  }
});

describe("a source of tokens", () => {
  it("gives a token that is good for a while, without a request", async (t) => {
    const api = await serveTokens(t);
    for (const tokens of [old, { ...old, expiresAt: Date.now() + 120_000 }, { ...old, expires_in: 3600 }]) {
      assert.equal(await sourceOf(api, { tokens })(), "sbp_oauth_0");
    }
    assert.deepEqual(api.requests, []);
  });

  it("refreshes before the token expires, with what the app is known by in the form", async (t) => {
    const api = await serveTokens(t);
    let time = 1_000_000;
    const stored = [];
    const options = {
      tokens: { ...old, expires_in: 3600 },
      now: () => time,
      onTokens: (tokens) => stored.push(tokens),
    };
    const source = sourceOf(api, options);
    time += 3_539_999;
    assert.equal(await source(), "sbp_oauth_0");
    time += 1;
    assert.equal(await source(), "sbp_oauth_1");
    assert.deepEqual(api.asked(), [
      { client_id: clientId, client_secret: clientSecret, grant_type: "refresh_token", refresh_token: "refresh_0" },
    ]);
    const [request] = api.requests;
    assert.equal(request.url, "/v1/oauth/token");
    assert.equal(request.headers.authorization, undefined);
    assert.deepEqual(stored, [{ ...tokensOf(api), expiresAt: time + 3_600_000 }]);
    assert.deepEqual(source.tokens(), stored[0]);
    time += 3_539_999;
    assert.equal(await source(), "sbp_oauth_1");
    time += 1;
    assert.equal(await source(), "sbp_oauth_2");
  });

  it("counts the life of a token from before it asked", async (t) => {
    let time = 0;
    const api = await serveTokens(t, () => {
      time += 5000;
      return false;
    });
    const source = sourceOf(api, { now: () => time });
    time = 1_000_000;
    await source.refresh();
    assert.equal(source.tokens().expiresAt, 1_000_000 + 3_600_000);
  });

  it("refreshes as early as it is told, but not in the first half of a short life", async (t) => {
    const api = await serveTokens(t);
    let time = 0;
    const source = sourceOf(api, { tokens: { ...old, expires_in: 1000 }, refreshBeforeSeconds: 300, now: () => time });
    time = 699_999;
    assert.equal(await source(), "sbp_oauth_0");
    time = 700_000;
    api.expiresIn = 20;
    assert.equal(await source(), "sbp_oauth_1");
    time += 9_999;
    assert.equal(await source(), "sbp_oauth_1");
    time += 1;
    assert.equal(await source(), "sbp_oauth_2");
    const late = sourceOf(api, { tokens: { ...old, expires_in: 1000 }, refreshBeforeSeconds: 0, now: () => time });
    time += 999_999;
    assert.equal(await late(), "sbp_oauth_0");
  });

  it("puts id and secret into the header where that is wanted, and nowhere into an address", async (t) => {
    const api = await serveTokens(t);
    const odd = "a+b:c/ü";
    const source = sourceOf(api, { clientAuthentication: "header", clientSecret: odd });
    assert.equal(await source(), "sbp_oauth_1");
    assert.deepEqual(api.asked(), [{ grant_type: "refresh_token", refresh_token: "refresh_0" }]);
    const basic = Buffer.from(`${clientId}:${encodeURIComponent(odd)}`).toString("base64");
    assert.equal(api.requests[0].headers.authorization, `Basic ${basic}`);
    assert.deepEqual(
      api.requests.map(({ url }) => url),
      ["/v1/oauth/token"],
    );
  });

  it("works without a secret, and through a client that there is", async (t) => {
    const api = await serveTokens(t);
    const client = new SupabaseManagement({ baseUrl: api.url, validation: "strict" });
    const source = createTokenSource({ client, clientId, tokens: expired });
    assert.equal(await source(), "sbp_oauth_1");
    assert.deepEqual(api.asked(), [{ client_id: clientId, grant_type: "refresh_token", refresh_token: "refresh_0" }]);
  });

  it("keeps the refresh token, and knows no end, where the answer has neither", async (t) => {
    const api = await serveTokens(t, (response) => {
      answerJson(response, { access_token: " sbp_oauth_1 ", token_type: "Bearer", expires_in: null }, 201);
      return true;
    });
    const client = new SupabaseManagement({ baseUrl: api.url, validation: "strict" });
    const source = createTokenSource({ client, clientId, tokens: expired, now: () => 1e15 });
    assert.equal(await source(), "sbp_oauth_1");
    assert.equal(source.tokens().refresh_token, "refresh_0");
    assert.equal(await source(), "sbp_oauth_1");
    assert.equal(api.requests.length, 1);
  });

  it("stores with onTokens before anybody gets the new token", async (t) => {
    const api = await serveTokens(t);
    let stored = false;
    const onTokens = async () => {
      await later(50);
      stored = true;
    };
    const source = sourceOf(api, { onTokens });
    const use = async () => {
      assert.equal(await source(), "sbp_oauth_1");
      assert.ok(stored);
    };
    await Promise.all(Array.from({ length: 10 }, use));
  });
});

describe("a refresh", () => {
  it("is one for all who ask, before the end of a token and after a 401", async (t) => {
    const api = await serveTokens(t);
    const source = sourceOf(api);
    const calls = Array.from({ length: 200 }, (_, at) => (at % 2 ? source() : source.refresh("sbp_oauth_0")));
    assert.deepEqual(new Set(await Promise.all(calls)), new Set(["sbp_oauth_1"]));
    assert.equal(api.requests.length, 1);
  });

  it("is not made where somebody else has made it", async (t) => {
    const api = await serveTokens(t);
    const source = sourceOf(api, { tokens: old });
    assert.equal(await source.refresh("sbp_oauth_0"), "sbp_oauth_1");
    assert.equal(await source.refresh("sbp_oauth_0"), "sbp_oauth_1");
    assert.equal(await source.refresh("another"), "sbp_oauth_1");
    assert.equal(api.requests.length, 1);
    assert.equal(await source.refresh("sbp_oauth_1"), "sbp_oauth_2");
    assert.equal(await source.refresh(), "sbp_oauth_3");
    assert.equal(api.requests.length, 3);
  });

  it("makes those wait who ask meanwhile, as the old token ends", async (t) => {
    const api = await serveTokens(t, () => later(50));
    const source = sourceOf(api, { tokens: { ...old, expires_in: 3600 } });
    const refused = source.refresh("sbp_oauth_0");
    assert.equal(await source(), "sbp_oauth_1");
    assert.equal(await refused, "sbp_oauth_1");
    assert.equal(api.requests.length, 1);
  });

  it("goes on for the others where one call is aborted", async (t) => {
    const api = await serveTokens(t, () => later(100));
    const client = new SupabaseManagement({ baseUrl: api.url, accessToken: sourceOf(api) });
    const controller = new AbortController();
    const [gone, stayed] = [client.projects.list({ signal: controller.signal }), client.projects.list()];
    await later(30);
    controller.abort(new Error("enough"));
    assert.equal((await rejection(gone)).message, "enough");
    assert.equal((await stayed).length, 1);
    assert.equal(api.asked().length, 1);
  });

  it("is not made again where onTokens fails: it is asked again, and nothing is lost", async (t) => {
    const api = await serveTokens(t);
    let full = true;
    const seen = [];
    const onTokens = async (tokens) => {
      seen.push(tokens.refresh_token);
      if (full) throw new Error("the disk is full");
    };
    const source = sourceOf(api, { onTokens });
    const errors = await Promise.all([source(), source(), source.refresh("sbp_oauth_0")].map(rejection));
    for (const error of errors) assert.equal(error.message, "the disk is full");
    assert.equal(new Set(errors).size, 1);
    assert.equal((await rejection(source.refresh("sbp_oauth_0"))).message, "the disk is full");
    assert.equal((await rejection(source.refresh())).message, "the disk is full");
    assert.equal(source.tokens().refresh_token, "refresh_1");
    full = false;
    assert.equal(await source(), "sbp_oauth_1");
    assert.equal(await source(), "sbp_oauth_1");
    assert.deepEqual(seen, ["refresh_1", "refresh_1", "refresh_1", "refresh_1"]);
    assert.equal(api.requests.length, 1);
  });

  for (const [status, body] of [
    [404, { message: "Refresh token not found" }],
    [400, { error: "invalid_grant", error_description: "expired" }],
    [401, { message: "Unauthorized" }],
  ]) {
    it(`that is refused with ${status} is final, and says that the user must sign in again`, async (t) => {
      const api = await serveTokens(t, (response) => {
        answerJson(response, body, status);
        return true;
      });
      const source = sourceOf(api);
      const [error, same] = await Promise.all([rejection(source()), rejection(source.refresh("sbp_oauth_0"))]);
      assert.equal(error, same);
      assert.ok(isApiError(error));
      assert.equal(error.status, status);
      assert.deepEqual(error.body, body);
      assert.equal(error.signInRequired, true);
      const words = Object.values(body).at(-1);
      const message = `oauth.token (POST /v1/oauth/token): ${status} ${words}; the tokens cannot be renewed, the user must sign in again`;
      assert.equal(error.message, message);
      assert.ok(error.stack.startsWith(`ApiError: ${message}\n`), error.stack);
      assert.equal(await rejection(source()), error);
      assert.equal(await rejection(source.refresh()), error);
      assert.equal(api.requests.length, 1);
    });
  }

  for (const status of [408, 500, 503, 302]) {
    it(`that fails with ${status} is made again at the next call, not before`, async (t) => {
      const api = await serveTokens(t, (response, _, number) => {
        if (number > 1) return false;
        answerJson(response, { message: "not now" }, status);
        return true;
      });
      const source = sourceOf(api);
      const [error] = await Promise.all([rejection(source()), rejection(source())]);
      assert.equal(error.status, status);
      assert.equal(error.signInRequired, undefined);
      assert.equal(api.requests.length, 1);
      assert.equal(await source(), "sbp_oauth_1");
      assert.equal(api.requests.length, 2);
    });
  }

  it("that was only early and fails does no harm to a token that still works", async (t) => {
    const api = await serveTokens(t, (response, _, number) => {
      if (number > 2) return false;
      answerJson(response, { message: "not now" }, 503);
      return true;
    });
    const source = sourceOf(api, { tokens: { ...old, expiresAt: Date.now() + 30_000 } });
    assert.equal(await source(), "sbp_oauth_0");
    assert.equal((await rejection(source.refresh("sbp_oauth_0"))).status, 503);
    assert.equal(await source(), "sbp_oauth_1");
    assert.equal(api.requests.length, 3);
  });

  it("that was not sent is made again at the next call", async (t) => {
    const api = await serveTokens(t);
    // A port that nobody listens to any more.
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    let url = `http://127.0.0.1:${port}`;
    const fetch = (address, init) => globalThis.fetch(address.replace("https://x.example", url), init);
    const source = sourceOf({ url: "https://x.example" }, { client: { baseUrl: "https://x.example", fetch } });
    assert.equal((await rejection(source())).name, "ConnectionError");
    assert.equal((await rejection(source())).name, "ConnectionError");
    url = api.url;
    assert.equal(await source(), "sbp_oauth_1");
    assert.equal(api.requests.length, 1);
  });

  const unknown = {
    "that gets no answer in time": (response) => within(300, new Promise((resolve) => response.on("close", resolve))),
    "whose answer is no JSON": (response) => response.writeHead(201).end("sbp_oauth_1 refresh_1"),
    "whose answer has no token": (response) => answerJson(response, { refresh_token: "refresh_1" }, 201),
    "whose answer breaks off": (response) => {
      response.writeHead(201, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"access_token":"sbp_oauth_1"');
      setTimeout(() => response.destroy(), 20);
    },
  };
  for (const [what, answer] of Object.entries(unknown)) {
    it(`${what} is not made again, but by who calls refresh() himself`, async (t) => {
      const api = await serveTokens(t, async (response, _, number) => {
        if (number > 1) return false;
        await answer(response);
        return true;
      });
      const source = sourceOf(api, { client: { baseUrl: api.url, timeoutMs: 100 } });
      const error = await rejection(source());
      assert.ok(isSupabaseManagementError(error), inspect(error));
      assert.match(error.message, /; the refresh token may be used up: refresh\(\) of the token source tries it again/);
      assert.equal(error.signInRequired, undefined);
      for (const [view, text] of Object.entries(printed(error))) {
        for (const secret of [clientSecret, "refresh_0", "sbp_oauth_0", "refresh_1", "sbp_oauth_1"]) {
          assert.ok(!text.includes(secret), `${secret} is in ${view}: ${text}`);
        }
      }
      assert.equal(await rejection(source()), error);
      assert.equal(await rejection(source.refresh("sbp_oauth_0")), error);
      assert.equal(api.requests.length, 1);
      assert.equal(await source.refresh(), "sbp_oauth_1");
      assert.equal(await source(), "sbp_oauth_1");
      assert.equal(api.requests.length, 2);
    });
  }

  it("tells what is wrong with an answer of 2xx", async (t) => {
    for (const [token, received] of [
      [undefined, "nothing"],
      [" ", "an empty string"],
      [5, "number"],
    ]) {
      const api = await serveTokens(t, (response) => {
        answerJson(response, { access_token: token, refresh_token: "refresh_1" }, 201);
        return true;
      });
      const error = await rejection(sourceOf(api)());
      assert.equal(error.name, "DecodeError");
      assert.deepEqual([error.status, error.path, error.expected], [201, "access_token", "string"]);
      assert.equal(error.received, received);
      assert.match(error.message, /^oauth\.token \(POST \/v1\/oauth\/token\): 201, so the operation itself succeeded/);
    }
  });
});

describe("an answer without an access token", () => {
  it("tells how often it was asked for, and that it may have used up the refresh token", async (t) => {
    const api = await serveTokens(t, (response, _fields, number) => {
      if (number === 1) answerJson(response, { message: "slow down" }, 429, { "retry-after": "0" });
      else answerJson(response, { access_token: " ", refresh_token: "refresh_1" }, 201);
      return true;
    });
    const source = sourceOf(api);
    const error = await rejection(source());
    assert.deepEqual([error.name, error.status, error.attempts], ["DecodeError", 201, 2]);
    assert.deepEqual([error.path, error.received], ["access_token", "an empty string"]);
    assert.match(error.message, /refresh\(\) of the token source tries it again/);
    assert.equal(await rejection(source()), error);
    assertHidden(error, ["refresh_1", "refresh_0", clientSecret]);
  });
});

describe("signing in and out", () => {
  it("exchanges a code, stores the tokens, and gives them", async (t) => {
    const api = await serveTokens(t);
    const stored = [];
    const source = sourceOf(api, { tokens: undefined, onTokens: (tokens) => void stored.push(tokens) });
    const nothing = await rejection(source());
    assert.equal(nothing.name, "InputError");
    assert.match(nothing.message, /^createTokenSource: options\.tokens: expected tokens, .* received nothing$/);
    assert.equal(source.tokens(), undefined);
    const grant = { code: "code_1", codeVerifier: "v".repeat(43), redirectUri: "https://app.example/callback" };
    const exchange = source.exchange(grant);
    // Who asks meanwhile gets what comes.
    assert.equal(await source(), "sbp_oauth_1");
    assert.deepEqual(await exchange, stored[0]);
    assert.deepEqual(source.tokens(), stored[0]);
    assert.deepEqual(api.asked(), [
      {
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: "authorization_code",
        code: "code_1",
        code_verifier: grant.codeVerifier,
        redirect_uri: grant.redirectUri,
      },
    ]);
    const again = await rejection(source.exchange(grant));
    assert.equal(again.status, 404);
    assert.equal(await source(), "sbp_oauth_1");
    const wrong = await rejection(source.exchange({ code: "x", redirect_uri: "https://app.example" }));
    assert.match(wrong.message, /options\.redirect_uri: expected a known option \(did you mean redirectUri\?\)/);
  });

  it("lets a source live again that had failed for good", async (t) => {
    const api = await serveTokens(t);
    const source = sourceOf(api, { tokens: { ...expired, refresh_token: "used up" } });
    assert.equal((await rejection(source())).signInRequired, true);
    await source.exchange({ code: "code_1", codeVerifier: "v".repeat(43), redirectUri: "https://app.example" });
    assert.equal(await source(), "sbp_oauth_1");
  });

  it("waits for a refresh before it exchanges or revokes, so that none destroys the other", async (t) => {
    const api = await serveTokens(t, () => later(30));
    const source = sourceOf(api);
    const first = source();
    const revoked = source.revoke();
    const late = source();
    assert.equal(await first, "sbp_oauth_1");
    await revoked;
    assert.deepEqual(api.revoked, [{ client_id: clientId, client_secret: clientSecret, refresh_token: "refresh_1" }]);
    assert.match((await rejection(late)).message, /revoked/);
  });

  it("revokes with a body of JSON, and then gives no token any more", async (t) => {
    const api = await serveTokens(t);
    const source = sourceOf(api, { tokens: old });
    assert.equal(await source.revoke(), undefined);
    assert.deepEqual(api.revoked, [{ client_id: clientId, client_secret: clientSecret, refresh_token: "refresh_0" }]);
    assert.equal(api.requests[0].headers.authorization, undefined);
    for (const ask of [source, source.refresh, () => source.refresh("sbp_oauth_0")]) {
      const error = await rejection(ask());
      assert.ok(isSupabaseManagementError(error));
      assert.equal(error.message, "createTokenSource: the tokens were revoked, the user must sign in again");
    }
    assert.equal(source.tokens(), undefined);
    assert.equal((await rejection(source.revoke())).name, "InputError");
    assert.equal(api.requests.length, 1);
  });

  it("cannot revoke what it does not have", async (t) => {
    const api = await serveTokens(t);
    const error = await rejection(sourceOf(api, { tokens: undefined }).revoke());
    assert.deepEqual([error.name, error.path, error.received], ["InputError", "options.tokens", "nothing"]);
    assert.equal(api.requests.length, 0);
  });

  it("stays as it was where revoking fails", async (t) => {
    const api = await serveTokens(t);
    const source = sourceOf(api, { tokens: old, clientSecret: undefined });
    assert.equal((await rejection(source.revoke())).name, "InputError");
    assert.equal(await source(), "sbp_oauth_0");
  });
});

describe("the options of a source", () => {
  for (const [options, words] of [
    [undefined, /options: expected object, received nothing/],
    [{}, /options\.clientId: expected the client ID of the app, received nothing/],
    [{ clientId: "" }, /options\.clientId: .* received an empty string/],
    [{ clientId, clientID: "a" }, /options\.clientID: expected a known option \(did you mean clientId\?\)/],
    [
      { clientId, baseUrl: "/" },
      /options\.baseUrl: expected a known option \(there are client, .* belong into client\)/,
    ],
    [{ clientId, client: { baseURL: "/" } }, /options\.baseURL: expected a known option \(did you mean baseUrl\?\)/],
    [{ clientId, tokens: {} }, /options\.tokens\.access_token: expected string, received nothing/],
    [{ clientId, tokens: { access_token: "a" } }, /options\.tokens\.refresh_token: expected string, received nothing/],
    [
      { clientId, tokens: { ...old, expiresAt: "x" } },
      /options\.tokens\.expiresAt: expected number, .* received string/,
    ],
    [{ clientId, clientAuthentication: "header" }, /options\.clientSecret: expected string, .* received nothing/],
    [{ clientId, clientAuthentication: "basic" }, /options\.clientAuthentication: expected one of "form", "header"/],
    [{ clientId, refreshBeforeSeconds: -1 }, /options\.refreshBeforeSeconds: expected a number of seconds, 0 or more/],
    [{ clientId, refreshBeforeSeconds: Number.NaN }, /options\.refreshBeforeSeconds: expected number, received NaN/],
    [{ clientId, onTokens: "x" }, /options\.onTokens: expected function, received string/],
  ]) {
    it(`are checked: ${inspect(options)}`, () => {
      const error = thrown(() => createTokenSource(options));
      assert.equal(error.name, "InputError");
      assert.match(error.message, words);
    });
  }

  it("may lack all but the client ID, and an end that JSON made null", async () => {
    assert.equal(await createTokenSource({ clientId, tokens: { ...old, expiresAt: null } })(), "sbp_oauth_0");
  });
});

describe("secrets", () => {
  it("are not printed with a source", async (t) => {
    const api = await serveTokens(t);
    const source = sourceOf(api);
    await source();
    const secrets = [clientSecret, "refresh_0", "refresh_1", "sbp_oauth_0", "sbp_oauth_1"];
    const client = new SupabaseManagement({ accessToken: source, baseUrl: api.url });
    for (const shown of [source, { source }, client]) assertHidden(shown, secrets);
    assert.equal(JSON.stringify({ source }), "{}");
  });

  for (const clientAuthentication of ["form", "header"]) {
    it(`are in no error of a server that repeats them (${clientAuthentication})`, async (t) => {
      const api = await serveTokens(t, (response, fields) => {
        const seen = { ...fields, header: response.req.headers.authorization };
        answerJson(response, { message: `no: ${JSON.stringify(seen)}`, seen }, 400, { "x-seen": JSON.stringify(seen) });
        return true;
      });
      const error = await rejection(sourceOf(api, { clientAuthentication })());
      assert.equal(error.status, 400);
      const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
      assertHidden(error, [clientSecret, "refresh_0", basic]);
    });
  }

  it("are in no error of a connection", async () => {
    const fetch = (url, init) => Promise.reject(Object.assign(new Error(`${url} ${init.body}`), { init }));
    const error = await rejection(sourceOf({}, { client: { fetch } })());
    assertHidden(error, [clientSecret, "refresh_0"]);
  });
});
