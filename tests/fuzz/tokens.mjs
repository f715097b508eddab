// Tokens that renew themselves, with a server that is played: calls come and are refused, answers and the hook that stores
// take their time or fail, and whatever the order, no refresh token that was used up is sent again, and everybody is told.
import assert from "node:assert/strict";
import fc from "fast-check";
import { createTokenSource, isSupabaseManagementError, SupabaseManagement } from "../../pkg/index.js";
import { json, project } from "../support.js";
import { clientId, clientSecret } from "../token-server.js";
import { settleDown } from "./clock.mjs";
import { property } from "./runner.mjs";

const whole = (min, max) => fc.integer({ min, max });
const reply = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      how: fc.constant("good"),
      seconds: fc.constantFrom(undefined, 0, 1, 90, 3600),
      another: fc.boolean(),
    }),
  },
  fc.record({ how: fc.constant("status"), status: fc.constantFrom(302, 400, 401, 403, 404, 408, 422, 429, 500, 503) }),
  fc.record({ how: fc.constantFrom("lost", "breaks off", "nonsense"), done: fc.boolean() }),
  fc.constant({ how: "unsent" }),
);
const acts = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant({ act: "call" }) },
    { weight: 2, arbitrary: fc.constant({ act: "ask" }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("refresh"), back: whole(-1, 2) }) },
    { weight: 1, arbitrary: fc.constant({ act: "revoke" }) },
    { weight: 1, arbitrary: fc.constant({ act: "exchange" }) },
    { weight: 2, arbitrary: fc.record({ act: fc.constant("reject") }) },
    { weight: 6, arbitrary: fc.record({ act: fc.constant("answer"), reply }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant("serve"), at: fc.nat(9) }) },
    { weight: 3, arbitrary: fc.record({ act: fc.constant("store"), well: fc.boolean() }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constant("pass"), ms: fc.oneof(whole(0, 2000), whole(0, 4_000_000)) }),
    },
    { weight: 1, arbitrary: fc.constant({ act: "settle" }) },
  ),
  { maxLength: 40 },
);

/** What happens on the side of the server and of the hook. */
class Play {
  time = 1_790_000_000_000;
  count = 0;
  refresh = "refresh_0";
  access = "access_0";
  /** Refresh tokens that an answer has told to be used up. */
  spent = new Set();
  /** Access tokens that calls may get, the newest last. */
  given = ["access_0"];
  /** Whether it is unknown if the last refresh token was used up, and who asked to try it all the same. */
  doubt = false;
  daring = [];
  /** Whether the user must sign in again. */
  over = false;
  /** What happened so far: failures that leave the old tokens in use, and tokens that could not be stored. */
  failures = 0;
  unstored = 0;
  pending;
  storing;
  api = [];
  wrong = [];

  /** What asks for tokens. */
  tokens = async (url, { body }) => {
    const form = url.endsWith("/revoke") ? { grant_type: "revoke" } : Object.fromEntries(new URLSearchParams(body));
    const { grant_type: grant, refresh_token: old } = form;
    if (this.pending) this.wrong.push("two requests at once");
    if (this.storing) this.wrong.push(`${grant} while tokens are stored`);
    if (grant === "refresh_token") {
      if (this.over) this.wrong.push("a refresh with tokens that are no good");
      if (this.spent.has(old)) this.wrong.push(`${old} was used up, and an answer said so`);
      if (this.doubt && this.daring.every(({ settled }) => settled))
        this.wrong.push(`${old} may be used up, and nobody asked to try it again`);
    }
    return new Promise((resolve, reject) => {
      this.pending = { grant, old, resolve, reject };
    });
  };

  answer({ how, status, seconds, another = true, done = true }) {
    if (!this.pending) return;
    const { grant, old, resolve, reject } = this.pending;
    this.pending = undefined;
    if (grant === "revoke") {
      if (how !== "good") return resolve(json({ message: "no" }, { status: 500 }));
      this.over = true;
      this.access = this.refresh = undefined;
      return resolve(new Response(null, { status: 204 }));
    }
    const renews = grant === "refresh_token";
    const right = !renews || old === this.refresh;
    const [access, refresh] = [`access_${++this.count}`, `refresh_${this.count}`];
    const works = how === "good" || (done && /lost|off|nonsense/.test(how));
    if (works && right) {
      this.access = access;
      if (another || !renews) this.refresh = refresh;
    }
    if (how === "good" && right) {
      if (renews && another) this.spent.add(old);
      this.doubt = this.over = false;
      const more = another || !renews ? { refresh_token: refresh } : {};
      return resolve(json({ access_token: access, expires_in: seconds, ...more }, { status: 201 }));
    }
    if (how === "good" || how === "status") {
      const given = how === "good" ? 404 : status;
      if (/^(302|408|429|5)/.test(given)) this.failures++;
      else if (renews) this.over = true;
      return resolve(json({ message: "no" }, { status: given }));
    }
    if (how === "unsent") {
      this.failures++;
      return reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }));
    }
    // Of a code nobody knows more either, but the tokens before it are not touched.
    if (renews) this.doubt = true;
    if (how === "lost") return reject(new TypeError("fetch failed"));
    if (how === "nonsense") return resolve(json({ access_token: " " }));
    const text = () => Promise.reject(new TypeError("terminated"));
    resolve({ status: 201, headers: new Headers(), text, arrayBuffer: text });
  }

  /** The hook. */
  onTokens = ({ access_token: token }) =>
    new Promise((resolve, reject) => {
      if (this.storing) this.wrong.push("tokens are stored twice at once");
      this.storing = { token, resolve, reject };
    });

  store(well) {
    if (!this.storing) return;
    const { token, resolve, reject } = this.storing;
    this.storing = undefined;
    if (!well) {
      this.unstored++;
      return reject(new RangeError("the disk is full"));
    }
    this.given.push(token);
    resolve();
  }

  /** The API, which answers when it is told to. */
  fetch = (_, { headers }) =>
    new Promise((resolve) => {
      const token = headers.authorization.replace("Bearer ", "");
      if (!this.given.includes(token)) this.wrong.push(`${token} is used before it is stored`);
      this.api.push({ token, resolve });
    });

  serve(at) {
    const [{ token, resolve }] = this.api.splice(at % this.api.length, 1);
    resolve(token === this.access ? json([project]) : json({ message: "no" }, { status: 401 }));
  }
}

/**
 * What a call for a token may be told, by what the server and the hook have done: `before` is how often they had failed
 * when it came, `refused` the token that it was to replace.
 */
function isRight({ refused, before, value, error }, { given, over, doubt, failures, unstored }) {
  const failed = failures > before.failures;
  // Never one that is not stored, and never the refused one unless there is no other.
  if (error === undefined) return value === given.at(-1) && (value !== refused || failed);
  if (error instanceof RangeError) return unstored > before.unstored;
  return isSupabaseManagementError(error) && (over || doubt || failed);
}

property(
  "no token is used twice, and everybody is told",
  [acts, fc.boolean(), fc.constantFrom(undefined, 1, 90, 3600)],
  async (list, stores, seconds) => {
    const play = new Play();
    const source = createTokenSource({
      client: { fetch: play.tokens, maxRetries: 0 },
      clientId,
      clientSecret,
      tokens: { access_token: "access_0", refresh_token: "refresh_0", expires_in: seconds },
      now: () => play.time,
      onTokens: stores ? play.onTokens : ({ access_token: token }) => void play.given.push(token),
    });
    const client = new SupabaseManagement({
      accessToken: source,
      fetch: play.fetch,
      maxRetries: 0,
      maxConcurrent: 100,
    });
    const made = [];
    // What has failed, and nothing of it is on its way any more.
    let before = { failures: 0, unstored: 0 };
    const settle = async () => {
      await settleDown();
      before = { failures: play.failures, unstored: play.unstored };
    };
    const make = (act, start, refused) => {
      const one = { act, refused, before, settled: false };
      made.push(one);
      if (act === "refresh" && refused === undefined) play.daring.push(one);
      const end = (result) => {
        Object.assign(one, result, { settled: true });
        const asks = act === "ask" || act === "refresh";
        if (asks && !isRight(one, play)) {
          play.wrong.push(`${act} was told ${one.error ?? one.value}, where ${play.given} may be used`);
        }
      };
      start().then(
        (value) => end({ value }),
        (error) => end({ error }),
      );
    };
    const does = {
      call: () => make("call", () => client.projects.list()),
      ask: () => make("ask", () => source()),
      refresh({ back }) {
        const refused = back < 0 ? undefined : play.given.at(-1 - back);
        make("refresh", () => source.refresh(refused), refused);
      },
      revoke: () => make("revoke", () => source.revoke()),
      exchange: () => make("exchange", () => source.exchange({ code: "c", redirectUri: "https://app.example" })),
      // The server forgets the access token, as after a refresh by somebody else.
      reject: () => (play.access = undefined),
      answer: ({ reply }) => play.answer(reply),
      serve: ({ at }) => play.api.length > 0 && play.serve(at),
      store: ({ well }) => play.store(well),
      pass: ({ ms }) => (play.time += ms),
      settle() {},
    };
    for (const one of list) {
      does[one.act](one);
      // Not between all of them: what is not awaited is begun at once.
      if (one.act !== "call" && one.act !== "ask") await settle();
      assert.deepEqual(play.wrong, [], `after ${JSON.stringify(one)}`);
    }
    // Then all goes well, and nobody may be left.
    for (let turn = 0; turn < 300 && made.some(({ settled }) => !settled); turn++) {
      await settleDown();
      play.answer({ how: "good", another: true });
      play.store(true);
      while (play.api.length > 0) play.serve(0);
      await settleDown();
    }
    assert.deepEqual(play.wrong, []);
    for (const { act, settled, error } of made) {
      assert.ok(settled, `${act} was never told anything`);
      const known = error === undefined || isSupabaseManagementError(error) || error instanceof RangeError;
      assert.ok(known, `${act}: ${error?.stack}`);
    }
    // And there is a token in the end, unless there cannot be one.
    const final = source().catch((error) => error);
    await settleDown();
    play.answer({ how: "good", another: true });
    await settleDown();
    play.store(true);
    const last = await final;
    if (play.over || play.doubt) assert.ok(isSupabaseManagementError(last) || play.given.includes(last), `${last}`);
    else assert.equal(last, play.given.at(-1));
    assert.deepEqual(play.wrong, []);
  },
);
