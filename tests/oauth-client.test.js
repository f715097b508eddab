// A client whose tokens renew themselves, many calls at a time: the token that ends, the 401, and a refresh that breaks.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createTokenSource, isConnectionError, SupabaseManagement } from "../pkg/index.js";
import { answerJson, assertHidden, later, project, rejection, serve } from "./support.js";
import { clientId, clientSecret, serveTokens } from "./token-server.js";

const count = 200;
const expired = { access_token: "sbp_oauth_0", refresh_token: "refresh_0", expiresAt: 1 };
/** References of as many projects: what is counted by project must not stand in line. */
const refs = Array.from({ length: count }, (_, at) =>
  `${at}`.padStart(20, "0").replace(/\d/g, (digit) => "abcdefghij"[digit]),
);

function clientOf({ url }, options, clientOptions) {
  const accessToken = createTokenSource({ client: { baseUrl: url }, clientId, clientSecret, ...options });
  return new SupabaseManagement({ baseUrl: url, accessToken, maxConcurrent: count, ...clientOptions });
}

describe("a client whose tokens renew themselves", () => {
  it("refreshes once for 200 calls at a time whose token has expired", async (t) => {
    const api = await serveTokens(t);
    const order = [];
    const onTokens = async (tokens) => {
      order.push(`storing ${tokens.access_token} after ${api.requests.length} requests`);
      await later(50);
      order.push(`stored after ${api.requests.length} requests`);
    };
    const client = clientOf(api, { tokens: expired, onTokens });
    const calls = refs.map((ref) => client.functions.list(ref).withResponse());
    for (const { data, attempts } of await Promise.all(calls)) assert.deepEqual([data.length, attempts], [1, 1]);
    assert.deepEqual(order, ["storing sbp_oauth_1 after 1 requests", "stored after 1 requests"]);
    assert.equal(api.asked().length, 1);
    assert.equal(api.requests.length, 1 + count);
  });

  it("refreshes once for 200 calls at a time that all get 401", async (t) => {
    // Nobody hears of a refusal before all have been sent.
    const waiting = [];
    let stored = false;
    const forms = [];
    const api = await serve(t, async (request, response, body) => {
      if (request.url === "/v1/oauth/token") {
        forms.push(Object.fromEntries(new URLSearchParams(body.toString())));
        return answerJson(response, { access_token: "sbp_oauth_1", refresh_token: "refresh_1", expires_in: 3600 }, 201);
      }
      if (request.headers.authorization === "Bearer sbp_oauth_1") {
        return answerJson(response, stored ? [project] : { message: "used before it was stored" }, stored ? 200 : 400);
      }
      waiting.push(response);
      if (waiting.length < count) return;
      for (const one of waiting) answerJson(one, { message: "Unauthorized" }, 401);
    });
    const onTokens = async () => {
      await later(50);
      stored = true;
    };
    const client = clientOf(api, { tokens: { ...expired, expiresAt: undefined }, onTokens });
    const calls = refs.map((ref) => client.functions.list(ref).withResponse());
    for (const { data, attempts } of await Promise.all(calls)) assert.deepEqual([data.length, attempts], [1, 2]);
    assert.deepEqual(
      forms.map(({ refresh_token }) => refresh_token),
      ["refresh_0"],
    );
    assert.equal(api.requests.length, 2 * count + 1);
  });

  it("sends a write once more as well, as a 401 is refused before any work", async (t) => {
    const api = await serveTokens(t);
    const client = clientOf(api, { tokens: { ...expired, refresh_token: "refresh_0", expiresAt: undefined } });
    api.access = "sbp_oauth_9";
    const { attempts } = await client.projects.pause(refs[0]).withResponse();
    assert.equal(attempts, 2);
    assert.deepEqual(
      api.requests.map(({ url }) => url.split("/").at(-1)),
      ["pause", "token", "pause"],
    );
  });

  it("gives the error of the refresh where that is refused, and the 401 where the new token gets it too", async (t) => {
    const api = await serveTokens(t);
    const tokens = { ...expired, expiresAt: undefined };
    api.access = "sbp_oauth_9";
    const error = await rejection(
      clientOf(api, { tokens: { ...tokens, refresh_token: "refresh_9" } }).projects.list({ maxRetries: 0 }),
    );
    assert.deepEqual([error.endpoint, error.status, error.signInRequired], ["oauth.token", 404, true]);
    const deaf = await serve(t, (request, response) =>
      request.url === "/v1/oauth/token"
        ? answerJson(response, { access_token: "sbp_oauth_1", refresh_token: "refresh_1" }, 201)
        : answerJson(response, { message: "Unauthorized" }, 401),
    );
    const refused = await rejection(clientOf(deaf, { tokens }).projects.list());
    assert.deepEqual([refused.endpoint, refused.status, refused.attempts], ["projects.list", 401, 2]);
    assert.equal(deaf.requests.filter(({ url }) => url === "/v1/oauth/token").length, 1);
  });

  it("waits and asks again where the refresh gets 429", async (t) => {
    const api = await serveTokens(t, (response, _, number) => {
      if (number > 1) return false;
      answerJson(response, { message: "ThrottlerException: Too Many Requests" }, 429, { "retry-after": "1" });
      return true;
    });
    const client = clientOf(api, { tokens: expired });
    const begun = performance.now();
    await Promise.all([client.projects.list(), client.projects.list()]);
    assert.ok(performance.now() - begun >= 990);
    assert.equal(api.asked().length, 2);
  });

  it("does not repeat a refresh whose connection broke, and tells how to go on", async (t) => {
    const api = await serveTokens(t, (response, _, number) => number === 1 && !!response.socket.destroy());
    const accessToken = createTokenSource({ client: { baseUrl: api.url }, clientId, clientSecret, tokens: expired });
    const client = new SupabaseManagement({ baseUrl: api.url, accessToken });
    const error = await rejection(client.projects.list());
    assert.equal(error.name, "OutcomeUnknownError");
    assert.ok(isConnectionError(error));
    assert.match(error.message, /the refresh token may be used up: refresh\(\) of the token source tries it again/);
    assertHidden(error, [clientSecret, "refresh_0"]);
    assert.equal(await rejection(client.projects.list()), error);
    assert.equal(api.requests.length, 1);
    await accessToken.refresh();
    assert.equal((await client.projects.list()).length, 1);
  });
});
