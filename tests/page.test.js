// The frame of the page, in a browser, as somebody uses it: the list of calls, mistakes, addresses, the keyboard, a phone.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isInputError, SupabaseManagement } from "../pkg/index.js";
import { narrow, openPage, refs, skip } from "./page/harness.js";

const { storefront, staging, notes } = refs;

describe("the page", () => {
  it("lists the projects with name, reference and status, without a click", { skip }, async (t) => {
    const { page, row, call } = await openPage(t, { query: "?startupMs=60000" });
    await row(storefront).waitFor();
    for (const parts of [
      ["storefront", storefront, "eu-central-1", "ACTIVE_HEALTHY"],
      ["storefront-staging", staging, "us-east-1", "COMING_UP"],
      ["field-notes", notes, "ap-southeast-2", "INACTIVE"],
    ]) {
      const text = await row(parts[1]).textContent();
      for (const part of parts) assert.ok(text.includes(part), `${part} is not in ${text}`);
    }
    const headings = (await page.locator("main h3").allTextContents()).join("\n");
    assert.match(headings, /Tidewater Labs/);
    assert.match(headings, /Zoë Keller's Org/);
    assert.match(await page.locator("#connection-state").textContent(), /Sandbox/);
    assert.deepEqual(await call("await client.projects.list()"), ["GET", "/v1/projects", "200"]);
    assert.deepEqual(await call("await client.organizations.list()"), ["GET", "/v1/organizations", "200"]);
  });

  it("follows a status that moves, in one entry of the calls, and rests when all rest", { skip }, async (t) => {
    const { page, row, said, calls } = await openPage(t, { query: "?startupMs=4500" });
    assert.match(await row(staging).textContent(), /COMING_UP/);
    await said("storefront-staging is ACTIVE_HEALTHY");
    assert.match(await row(staging).textContent(), /ACTIVE_HEALTHY/);
    const looks = async () =>
      (await calls()).filter(({ code, times }) => code === "await client.projects.list()" && times);
    const [look, ...others] = await looks();
    assert.match(look.times, /^×[2-9]$/);
    assert.deepEqual(others, []);
    await page.waitForTimeout(2_500);
    assert.deepEqual(await looks(), [look]);
  });

  it("creates an organization of any name, and shows the name as it is", { skip }, async (t) => {
    const { page, button, field, confirm, said } = await openPage(t);
    await button("New organization").click();
    await field("Name").fill("<b>Acme</b> & Söhne");
    await confirm("Create organization");
    await said("Created the organization <b>Acme</b> & Söhne");
    await page.locator("main h3", { hasText: "<b>Acme</b> & Söhne" }).waitFor();
  });

  it("shows what the library says to mistakes", { skip }, async (t) => {
    const { page, call } = await openPage(t, { hash: "/mistakes" });
    for (const [title, ...words] of [
      ["A misspelt field", "InputError", "nmae", "did you mean name?", "nothing was sent"],
      ["A misspelt option", "InputError", "options.timeout", "did you mean timeoutMs?", "nothing was sent"],
      ["A path that climbs", "InputError", "function_slug", "nothing was sent"],
      ["A reserved name", "InputError", "[0].name", "^(?!SUPABASE_).*", "a string of 10 characters"],
      ["A function that is not there", "ApiError", "404 Function not found"],
      ["A token that is not accepted", "ApiError", "401 Unauthorized"],
    ]) {
      await page.locator("main").getByRole("button", { name: title }).click();
      for (const word of words) await page.locator("main output", { hasText: word }).waitFor();
    }
    assert.deepEqual(await call(`await client.functions.get("${storefront}", "nothing-here")`), [
      "GET",
      "/v1/projects/{ref}/functions/{function_slug}",
      "ApiError 404",
    ]);
  });

  it("tells the routes that the library tells", { skip }, async (t) => {
    const { go, calls } = await openPage(t);
    for (const view of ["functions", "secrets"]) await go(`/projects/${storefront}/${view}`);
    const client = new SupabaseManagement({ baseUrl: "http://127.0.0.1:9", accessToken: "none" });
    const entries = (await calls()).filter(({ method }) => method);
    assert.ok(entries.length >= 4);
    for (const { method, route, code } of entries) {
      const [, id] = /client\.([\w.]+)\(/.exec(code);
      const called = id.split(".").reduce((holder, name) => holder[name], client);
      const error = await called({ nonsense: true }).catch((reason) => reason);
      assert.ok(isInputError(error), String(error));
      assert.equal(`${method} ${route}`, error.route);
    }
  });

  it("clears the list of calls", { skip }, async (t) => {
    const { page, button, calls } = await openPage(t);
    assert.ok((await calls()).length > 0);
    await button("Clear").click();
    assert.deepEqual(await calls(), []);
    assert.equal(
      await page.locator("#log-client").textContent(),
      'const client = new SupabaseManagement({ fetch: createSandbox().fetch, accessToken: "sbp_any" })',
    );
  });
});

describe("addresses of the page", () => {
  it("opens what its address says, and goes through the browser's history", { skip }, async (t) => {
    const { page, link, row } = await openPage(t, { hash: `/projects/${storefront}` });
    await page.locator("#project-title", { hasText: "storefront" }).waitFor();
    assert.match(await page.title(), /storefront/);
    await link("Secrets").click();
    await row("STRIPE_SECRET_KEY").waitFor();
    await link("← All projects").click();
    await row(notes).waitFor();
    await page.goBack();
    await row("STRIPE_SECRET_KEY").waitFor();
    assert.equal(await link("Secrets").getAttribute("aria-current"), "page");
    await page.goBack();
    await page.goForward();
    await row("STRIPE_SECRET_KEY").waitFor();
  });

  it("says so where there is no such project or view", { skip }, async (t) => {
    const { page, go, link, row } = await openPage(t, { hash: "/projects/nowhere" });
    await page.getByText("There is no such project here").waitFor();
    await go("/no/such/view");
    await page.getByText("There is no such view").waitFor();
    await link("All projects").click();
    await row(storefront).waitFor();
  });

  it("moves the focus into a view that was gone to, and its scroll to the top", { skip }, async (t) => {
    const { page, row } = await openPage(t, { width: narrow });
    await page.evaluate(() => scrollTo(0, 400));
    await row(notes).getByRole("link").click();
    await page.locator("#project").waitFor();
    const [focused, scrolled] = await page.evaluate(() => [document.activeElement.closest("main")?.id, scrollY]);
    assert.deepEqual([focused, scrolled], ["main", 0]);
  });
});

describe("the page by keyboard", () => {
  it("creates and deletes a secret, and keeps its value nowhere", { skip }, async (t) => {
    const { page, row, said, call, traces } = await openPage(t);
    const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
    /** Tabs on until an element with this text has the focus. */
    const tabTo = async (text) => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press("Tab");
        if ((await focused()) === text) return;
      }
      assert.fail(`the Tab key does not lead to ${text}`);
    };
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Skip to the content");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await tabTo("storefront");
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
    await page.keyboard.press("Enter");
    await tabTo("Secrets");
    await page.keyboard.press("Enter");
    await row("STRIPE_SECRET_KEY").waitFor();
    await tabTo("New secret");
    await page.keyboard.press("Enter");
    await page.keyboard.type("API_KEY");
    await page.keyboard.press("Tab");
    await page.keyboard.type("swordfish-and-chips");
    await page.keyboard.press("Enter");
    await said("Created the secret API_KEY");
    await row("API_KEY").waitFor();
    assert.equal(await focused(), "New secret");
    assert.deepEqual(await call(`await client.secrets.create("${storefront}", [{ name: "API_KEY", value: "…" }])`), [
      "POST",
      "/v1/projects/{ref}/secrets",
      "201",
    ]);
    assert.doesNotMatch(await traces(), /swordfish/);

    await page.getByRole("button", { name: "Delete API_KEY" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    assert.equal(await row("API_KEY").count(), 1);
    await page.keyboard.press("Enter");
    await tabTo("Delete secret");
    await page.keyboard.press("Enter");
    await said("Deleted the secret API_KEY");
    assert.equal(await row("API_KEY").count(), 0);
  });
});

describe("the page on a phone", () => {
  it("has nothing to scroll sideways, calls in a drawer, targets that a finger hits", { skip }, async (t) => {
    const { page, go, button, confirm } = await openPage(t, { width: narrow });
    const fits = async (what) =>
      assert.deepEqual(await page.evaluate(misfits), { width: narrow, small: [], cut: [] }, what);
    await fits("the list");
    await go("/mistakes");
    await page.getByRole("button", { name: "A path that climbs" }).click();
    await page.locator("main article.fault").waitFor();
    await fits("an error");
    await go(`/projects/${storefront}`);
    await fits("a project");
    await go(`/projects/${storefront}/secrets`);
    await button("New secret").click();
    await fits("a dialog");
    await confirm("Cancel");

    const calls = page.locator("#log ol");
    assert.equal(await calls.isVisible(), false);
    assert.match(await page.locator("#log-latest").textContent(), /\/v1\/projects\/\{ref\}\/secrets · 200/);
    await button("Show").click();
    await calls.waitFor();
    await fits("the calls");
    await button("Hide").click();
    assert.equal(await calls.isVisible(), false);
  });
});

/** Runs in the page: how wide it is, what is too small for a finger, and cells whose text leaves them. */
function misfits() {
  const targets = document.querySelectorAll("button, input:not([type=checkbox]), select, textarea, nav a");
  const small = [...targets].filter((target) => {
    const { width, height } = target.getBoundingClientRect();
    return width > 1 && target.checkVisibility() && height < 40;
  });
  const cells = [...document.querySelectorAll("main :is(td, th)")].filter((cell) => cell.checkVisibility());
  return {
    width: document.scrollingElement.scrollWidth,
    cut: cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent),
    small: small.map((target) => target.textContent.trim() || target.name),
  };
}
