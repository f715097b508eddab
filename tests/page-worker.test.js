// The page's Worker (www/worker) in Cloudflare's runtime: the login, calls of the session, its end, and attacks on all of it.
// The sandbox is the API, and its server of OAuth.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { launch } from "./browser.js";
import { refs, serving, skip } from "./page/harness.js";
import { startPageWorker } from "./page/worker.mjs";
import { stop } from "./runtimes/harness/run.mjs";

const clientId = "5c1a1f0e-2f7d-4a0b-9f6c-1d2e3f405162";
const clientSecret = "the-secret-of-the-app";

describe("the page as a Worker", { timeout: 300_000 }, () => {
  let api, worker;
  before(async () => {
    api = await serving("pkg/cli.js", "sandbox", "--rate-limit", "0");
    worker = await startPageWorker({
      SUPABASE_API_URL: api.address,
      SUPABASE_CLIENT_ID: clientId,
      SUPABASE_CLIENT_SECRET: clientSecret,
    });
  });
  after(async () => {
    await worker?.stop();
    if (api) stop(api.child, "SIGKILL");
  });

  let known = 0;
  /** Requests that reached the API since the last time somebody asked, such as `POST /v1/oauth/token 201`. */
  async function reached() {
    const calls = await (await fetch(`${api.address}/_sandbox/calls`)).json();
    const fresh = calls.slice(known);
    known = calls.length;
    return fresh.map(({ method, path, status }) => `${method} ${path} ${status}`);
  }

  /** A browser that keeps cookies, and follows nothing by itself. */
  function newBrowser() {
    const cookies = new Map();
    async function ask(address, { headers, ...init } = {}) {
      const url = new URL(address, worker.origin);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      const own = url.origin === worker.origin ? { cookie, "sec-fetch-site": "same-origin" } : {};
      const response = await fetch(url, { redirect: "manual", headers: { ...own, ...headers }, ...init });
      for (const line of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
        if (value) cookies.set(name, value);
        else cookies.delete(name);
      }
      return response;
    }
    /** Begins a login, and agrees: the address that the API leads back to. */
    async function agree() {
      const begun = await ask("/login");
      const agreed = await ask(begun.headers.get("location"));
      return agreed.headers.get("location");
    }
    const logIn = async () => ask(await agree());
    const projects = () => ask("/api/v1/projects");
    const session = async () => (await ask("/session")).json();
    return { cookies, ask, agree, logIn, projects, session };
  }

  it("serves the page and the Postgres of its sandbox, in nobody's frame", async () => {
    const page = await fetch(`${worker.origin}/`);
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-security-policy"), /frame-ancestors 'none'/);
    assert.equal(page.headers.get("x-content-type-options"), "nosniff");
    assert.match(await page.text(), /<meta name="login" content="\/login">/);
    assert.equal((await fetch(`${worker.origin}/pglite/index.js`)).status, 200);
    assert.equal((await fetch(`${worker.origin}/worker.js`)).status, 404);
  });

  it("logs in with PKCE, and calls with the token of the session, which the browser never sees", async () => {
    const browser = newBrowser();
    const begun = new URL((await browser.ask("/login")).headers.get("location"));
    assert.equal(begun.searchParams.get("code_challenge_method"), "S256");
    assert.equal(begun.searchParams.get("redirect_uri"), `${worker.origin}/callback`);
    const back = await browser.logIn();
    assert.deepEqual([back.status, back.headers.get("location")], [303, "/"]);
    const [line] = back.headers.getSetCookie().filter((text) => text.startsWith("__Host-session="));
    assert.match(line, /^__Host-session=[\w-]{43}; Path=\/; Max-Age=604800; Secure; HttpOnly; SameSite=Strict$/);
    assert.deepEqual([...browser.cookies.keys()], ["__Host-session"]);
    assert.match((await browser.session()).user, /@/);
    const answer = await browser.projects();
    assert.equal(answer.status, 200);
    assert.ok((await answer.json()).some(({ ref }) => ref === refs.storefront));
    const seen = JSON.stringify([[...back.headers], [...answer.headers], await browser.session()]);
    assert.doesNotMatch(seen, /sbp_oauth|the-secret-of-the-app/);
  });

  it("refreshes once, however many calls find the token refused", async () => {
    const browser = newBrowser();
    await browser.logIn();
    await browser.projects();
    // A day and a bit later the access token has ended, in the eyes of the API alone: its answer is a 401.
    const clock = { method: "POST", body: JSON.stringify({ advance: 25 * 60 * 60 * 1_000 }) };
    assert.ok((await fetch(`${api.address}/_sandbox/clock`, clock)).ok);
    await reached();
    const answers = await Promise.all(Array.from({ length: 12 }, () => browser.projects()));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
    const calls = await reached();
    assert.ok(calls.some((call) => call === "GET /v1/projects 401"));
    const refreshes = calls.filter((call) => call.startsWith("POST /v1/oauth/token"));
    assert.deepEqual(refreshes, ["POST /v1/oauth/token 201"]);
  });

  it("logs out: the tokens are revoked, and the cookie opens nothing any more", async () => {
    const browser = newBrowser();
    await browser.logIn();
    const kept = new Map(browser.cookies);
    await reached();
    assert.equal((await browser.ask("/logout", { method: "POST" })).status, 200);
    assert.ok((await reached()).includes("POST /v1/oauth/revoke 204"));
    assert.equal(browser.cookies.size, 0);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    assert.equal((await browser.projects()).status, 401);
    assert.equal(await browser.session(), null);
  });

  it("ends the session when the user has taken the access away", async () => {
    const browser = newBrowser();
    await browser.logIn();
    // The account begins anew, and knows nothing of what was granted; a token that it never gave out is taken, so end it too.
    await fetch(`${api.address}/_sandbox/reset`, { method: "POST" });
    known = 0;
    const refused = { endpoint: "projects.list", status: 401, times: 1 };
    const faults = { method: "POST", body: JSON.stringify(refused) };
    assert.ok((await fetch(`${api.address}/_sandbox/faults`, faults)).ok);
    assert.equal((await browser.projects()).status, 401);
    assert.ok(!(await reached()).includes("GET /v1/projects 200"));
    assert.equal(await browser.session(), null);
  });

  it("passes on what its list allows, and nothing else", async () => {
    const browser = newBrowser();
    await browser.logIn();
    await reached();
    assert.equal((await browser.ask(`/api/v1/projects/${refs.storefront}`, { method: "DELETE" })).status, 404);
    assert.equal((await browser.ask("/api/v1/oauth/token", { method: "POST" })).status, 404);
    assert.equal((await browser.ask("/api/v1/../../secrets")).status, 404);
    assert.deepEqual(await reached(), []);
  });

  describe("under attack", () => {
    it("refuses a code with another state, and the login is used up", async () => {
      const browser = newBrowser();
      const back = new URL(await browser.agree());
      const login = new Map(browser.cookies);
      const forged = new URL(back);
      forged.searchParams.set("state", "A".repeat(43));
      await reached();
      assert.equal((await browser.ask(forged)).status, 400);
      for (const [name, value] of login) browser.cookies.set(name, value);
      assert.equal((await browser.ask(back)).status, 400);
      assert.equal(browser.cookies.has("__Host-session"), false);
      assert.deepEqual(await reached(), []);
    });

    it("refuses a login that another browser began, so that nobody is led into somebody else's account", async () => {
      const attacker = newBrowser();
      const back = await attacker.agree();
      const victim = newBrowser();
      assert.equal((await victim.ask(back)).status, 400);
      await victim.ask("/login");
      assert.equal((await victim.ask(back)).status, 400);
      assert.equal(victim.cookies.has("__Host-session"), false);
    });

    it("takes a code once", async () => {
      const browser = newBrowser();
      const back = await browser.agree();
      const login = new Map(browser.cookies);
      assert.equal((await browser.ask(back)).status, 303);
      const replay = newBrowser();
      for (const [name, value] of login) replay.cookies.set(name, value);
      assert.equal((await replay.ask(back)).status, 400);
      assert.equal(replay.cookies.size, 0);
    });

    it("needs the verifier: a code that was stolen on its way is worth nothing to another login", async () => {
      const victim = newBrowser();
      const stolen = new URL(await victim.agree()).searchParams.get("code");
      const attacker = newBrowser();
      const own = new URL(await attacker.agree());
      own.searchParams.set("code", stolen);
      assert.equal((await attacker.ask(own)).status, 502);
      assert.equal(attacker.cookies.has("__Host-session"), false);
    });

    it("gives a session a new name, and ends the one before", async () => {
      const browser = newBrowser();
      browser.cookies.set("__Host-session", "B".repeat(43));
      await browser.logIn();
      const first = browser.cookies.get("__Host-session");
      assert.notEqual(first, "B".repeat(43));
      await browser.logIn();
      const before = newBrowser();
      before.cookies.set("__Host-session", first);
      assert.equal((await before.projects()).status, 401);
    });

    it("lets no other origin call, change something, or log somebody out", async () => {
      const browser = newBrowser();
      await browser.logIn();
      await reached();
      const secrets = `/api/v1/projects/${refs.storefront}/secrets`;
      const body = JSON.stringify([{ name: "STOLEN", value: "1" }]);
      for (const headers of [
        { origin: "https://evil.example", "sec-fetch-site": "cross-site", "content-type": "text/plain" },
        { origin: "https://evil.example", "sec-fetch-site": "same-site", "content-type": "application/json" },
        { origin: "null", "sec-fetch-site": "cross-site", "content-type": "application/json" },
      ]) {
        assert.equal((await browser.ask(secrets, { method: "POST", headers, body })).status, 403);
        assert.equal((await browser.ask(secrets, { headers })).status, 403);
        assert.equal((await browser.ask("/logout", { method: "POST", headers })).status, 403);
        assert.equal(
          (await browser.ask(secrets, { method: "OPTIONS", headers })).headers.get("access-control-allow-origin"),
          null,
        );
      }
      assert.deepEqual(await reached(), []);
      assert.equal((await browser.ask("/logout")).status, 405);
      assert.equal((await browser.projects()).status, 200);
    });

    it("opens nothing with a cookie that it has not made", async () => {
      for (const value of ["", "x", "A".repeat(43), "A".repeat(44), "../".repeat(20)]) {
        const browser = newBrowser();
        if (value) browser.cookies.set("__Host-session", value);
        assert.equal((await browser.projects()).status, 401, value);
      }
    });
  });

  it("shows in the page who is logged in, and logs out", { skip }, async (t) => {
    const chromium = await launch();
    t.after(() => chromium.close());
    const page = await chromium.newPage();
    page.setDefaultTimeout(10_000);
    const complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.stack));
    // Browsers take cookies that are `Secure` from this machine without TLS only by this name.
    const address = worker.origin.replace("127.0.0.1", "localhost");
    await page.goto(`${address}/`);
    await page.locator("main tr", { hasText: refs.storefront }).waitFor();
    assert.match(await page.locator("#connection-state").textContent(), /Sandbox/);
    await page.getByRole("link", { name: "Log in with Supabase" }).click();
    await page.locator("#connection-state", { hasText: "what you change is real" }).waitFor();
    await page.locator("main tr", { hasText: refs.storefront }).waitFor();
    assert.match(await page.locator("#connection-state").textContent(), /@/);
    assert.equal(await page.evaluate(() => document.cookie), "");
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("link", { name: "Log in with Supabase" }).waitFor();
    assert.match(await page.locator("#connection-state").textContent(), /Sandbox/);
    assert.deepEqual(complaints, []);
  });
});
