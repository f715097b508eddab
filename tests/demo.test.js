// The demo page, in a browser, as somebody uses it.
import assert from "node:assert/strict";
import { request } from "node:http";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { isInputError, SupabaseManagement } from "../pkg/index.js";
import { findBrowser, launch } from "./browser.js";
import { printed, start, stop } from "./runtimes/harness/run.mjs";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const wide = { width: 1280, height: 900 };
const narrow = { width: 360, height: 740 };

const storefront = "hqvkzumdtlrwaxbeogcy";
const staging = "wnfcjpoybtgxirdkqseu";
const notes = "udqsbyhamzptvcfwelkr";

/** Starts a program that serves something, and resolves to where. */
async function serving(file, ...args) {
  const child = start(process.execPath, [path(file), ...args, "--port", "0"]);
  const [address] = await printed(child, /http:\/\/127\.0\.0\.1:\d+/);
  return { child, address };
}

/** Ends a program as Ctrl-C does; it has to end by itself. */
async function ended({ child }) {
  stop(child, "SIGINT");
  const late = setTimeout(() => stop(child, "SIGKILL"), 5_000);
  const { code } = await child.ended;
  clearTimeout(late);
  return code;
}

/** Answer to a GET of exactly this path, which `fetch` would tidy up. */
const get = (address, path, method = "GET") =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    request({ hostname, port, path, method }, (response) => {
      response.resume().on("end", () => resolve(response));
    })
      .on("error", reject)
      .end();
  });

describe("npm start", () => {
  let demo;
  before(async () => (demo = await serving("www/serve.mjs", "--no-build")));
  after(() => stop(demo.child, "SIGKILL"));

  it("serves the page and the files of the package with their types, never from a cache", async () => {
    for (const [file, type] of [
      ["/", "text/html; charset=utf-8"],
      ["/?startupMs=500", "text/html; charset=utf-8"],
      ["/style.css", "text/css; charset=utf-8"],
      ["/app.js", "text/javascript; charset=utf-8"],
      ["/pkg/index.js", "text/javascript; charset=utf-8"],
      ["/pkg/dist/client.wasm", "application/wasm"],
    ]) {
      const { statusCode, headers } = await get(demo.address, file);
      assert.deepEqual([statusCode, headers["content-type"], headers["cache-control"]], [200, type, "no-store"], file);
    }
  });

  it("serves nothing else", async () => {
    for (const file of [
      "/serve.mjs",
      "/sandbox/Cargo.toml",
      "/pkg/build.mjs",
      "/pkg/build/run.mjs",
      "/pkg/../package.json",
      "/pkg/dist/../../package.json",
      "/pkg/dist/..%2f..%2fpackage.json",
      "/../package.json",
      "//etc/passwd",
      "/pkg",
      "/missing.js",
    ]) {
      assert.equal((await get(demo.address, file)).statusCode, 404, file);
    }
    assert.equal((await get(demo.address, "/", "POST")).statusCode, 405);
  });

  it("says which port is taken, and ends when it is told to", async () => {
    const { port } = new URL(demo.address);
    const second = start(process.execPath, [path("www/serve.mjs"), "--no-build", "--port", port]);
    assert.equal((await second.ended).code, 1);
    assert.match(second.output, /EADDRINUSE/);
    assert.equal(await ended(demo), 0);
  });
});

describe("the demo page", async () => {
  const { reason: skip } = await findBrowser();
  let demo, browser, context, page, complaints;

  before(async () => {
    if (skip) return;
    demo = await serving("www/serve.mjs", "--no-build");
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    if (demo) stop(demo.child, "SIGKILL");
  });

  beforeEach(async () => {
    if (skip) return;
    complaints = [];
    context = await browser.newContext({ viewport: wide, acceptDownloads: true });
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.stack));
    page.on("console", (message) => complaints.push(message.text()));
  });

  afterEach(async () => {
    await context?.close();
    assert.deepEqual(complaints ?? [], []);
  });

  const open = async (query = "?startupMs=500") => {
    await page.goto(`${demo.address}/${query}`);
    await row(storefront).waitFor();
  };
  const row = (text) => page.locator("main tr", { hasText: text });
  const button = (name) => page.getByRole("button", { name, exact: true });
  const said = (text) => page.locator("#result", { hasText: text }).waitFor();
  const dialog = () => page.locator("dialog[open]");
  const field = (name) => dialog().getByLabel(name, { exact: true });
  const confirmed = (name) => dialog().getByRole("button", { name, exact: true }).click();
  const openProject = async (ref) => {
    await row(ref).getByRole("link").click();
    await page.locator("#project", { hasText: ref }).waitFor();
    await page.locator("#secrets > *").waitFor();
    await page.locator("#functions > *").waitFor();
  };
  const entries = () =>
    page.locator("#log-entries > li").evaluateAll((items) =>
      items.map((item) => {
        const text = (selector) => item.querySelector(selector).textContent;
        const [method, route, times] = [text("b"), text(".route"), text(".times")];
        return { method, route, times, outcome: text(".outcome"), ms: text(".ms"), code: text("code") };
      }),
    );
  const entryOf = async (code) => {
    const found = (await entries()).find((entry) => entry.code === code);
    assert.ok(found, `${code} is not among\n${(await entries()).map((entry) => entry.code).join("\n")}`);
    assert.match(found.ms, /^\d+(\.\d)? ms$/);
    return [found.method, found.route, found.outcome];
  };
  /** All that somebody could read in the page or find left behind. */
  const traces = () =>
    page.evaluate(async () =>
      [
        document.documentElement.outerHTML,
        ...[...document.querySelectorAll("input, textarea")].map(({ value }) => value),
        JSON.stringify({ ...localStorage, ...sessionStorage }),
        JSON.stringify(await indexedDB.databases()),
        document.cookie,
        location.href,
        JSON.stringify(history.state),
      ].join("\n"),
    );

  it("lists the projects with name, reference and status, without a click", { skip }, async () => {
    await open("?startupMs=60000");
    const texts = await page.locator("#organizations tbody tr").allInnerTexts();
    assert.deepEqual(
      texts.map((text) => text.split(/\s+/)),
      [
        ["storefront", storefront, "eu-central-1", "ACTIVE_HEALTHY"],
        ["storefront-staging", staging, "us-east-1", "COMING_UP"],
        ["field-notes", notes, "ap-southeast-2", "INACTIVE"],
      ],
    );
    assert.deepEqual(await page.locator("#organizations h3").allInnerTexts(), [
      "Tidewater Labs tidewater-labs",
      "Zoë Keller's Org zoe-keller",
    ]);
    assert.match(await page.locator("#connection-state").textContent(), /Sandbox/);
    assert.deepEqual(await entryOf("await client.projects.list()"), ["GET", "/v1/projects", "200"]);
    assert.deepEqual(await entryOf("await client.organizations.list()"), ["GET", "/v1/organizations", "200"]);
  });

  it("follows a status that moves, in one entry of the calls, and rests when all rest", { skip }, async () => {
    await open("?startupMs=4500");
    assert.match(await row(staging).textContent(), /COMING_UP/);
    await row(staging).filter({ hasText: "ACTIVE_HEALTHY" }).waitFor();
    await said("storefront-staging is ACTIVE_HEALTHY");
    const [latest, ...others] = await entries();
    assert.equal(latest.code, "await client.projects.list()");
    assert.match(latest.times, /^×[2-9]$/);
    assert.equal(others.length, 2);
    await page.waitForTimeout(2_500);
    assert.equal((await entries())[0].times, latest.times);
  });

  it("creates an organization and a project in it, which becomes healthy", { skip }, async () => {
    await open("?startupMs=1500");
    await button("New organization").click();
    await field("Name").fill("<b>Acme</b> & Söhne");
    await confirmed("Create organization");
    await said("Created the organization <b>Acme</b> & Söhne");
    const section = page.locator(".organization", { hasText: "<b>Acme</b> & Söhne" });
    assert.match(await section.textContent(), /No projects yet/);

    await section.getByRole("button", { name: "New project" }).click();
    await field("Name").fill("blog");
    await dialog().getByRole("combobox", { name: "Region" }).selectOption("smartGroup apac");
    await field("Database password").fill("correct horse battery");
    await confirmed("Create project");
    await said("Created the project blog");
    assert.match(await section.textContent(), /blog.*ap-southeast-1.*COMING_UP/s);
    assert.equal(await section.getByRole("link").evaluate((link) => link === document.activeElement), true);
    await section.getByText("ACTIVE_HEALTHY").waitFor();

    const slug = await section.locator("h3 code").textContent();
    const code = `await client.projects.create({ name: "blog", organization_slug: "${slug}", region_selection: { type: "smartGroup", code: "apac" }, db_pass: "…" })`;
    assert.deepEqual(await entryOf(code), ["POST", "/v1/projects", "201"]);
    assert.doesNotMatch(await traces(), /correct horse/);
  });

  it("creates, changes and deletes a function", { skip }, async () => {
    await open();
    await openProject(storefront);
    await button("New function").click();
    await field("Slug").fill("9lives");
    await field("Name").fill("Hello");
    await confirmed("Create function");
    const fault = dialog().locator(".fault");
    await fault.getByText("InputError").waitFor();
    assert.match(await fault.textContent(), /slug: expected string matching .*received a string of 6 characters/);
    await field("Slug").fill("hello");
    await confirmed("Create function");
    await said("Created the function hello");
    assert.match(await row("hello").textContent(), /Hello.*1.*needed/s);

    await button("Change hello").click();
    assert.equal(await field("Name").inputValue(), "Hello");
    await field("Name").fill("Hello again");
    await field("Callers need a valid JWT").uncheck();
    await confirmed("Save changes");
    await said("Changed the function hello: version 2");
    assert.match(await row("hello").textContent(), /Hello again.*2.*not needed/s);

    await button("Delete hello").click();
    await confirmed("Delete function");
    await said("Deleted the function hello");
    assert.equal(await row("hello").count(), 0);
    assert.equal(await button("New function").evaluate((one) => one === document.activeElement), true);

    const functions = "/v1/projects/{ref}/functions";
    const one = `${functions}/{function_slug}`;
    const line = (call) => `await client.functions.${call.replace("ref", `"${storefront}"`)}`;
    const settings = 'body: "…", verify_jwt: true';
    for (const [call, ...expected] of [
      [`create(ref, { slug: "9lives", name: "Hello", ${settings} })`, "POST", functions, "InputError"],
      [`create(ref, { slug: "hello", name: "Hello", ${settings} })`, "POST", functions, "201"],
      ['get(ref, "hello")', "GET", one, "200"],
      ['update(ref, "hello", { name: "Hello again", verify_jwt: false })', "PATCH", one, "200"],
      ['delete(ref, "hello")', "DELETE", one, "200"],
    ]) {
      assert.deepEqual(await entryOf(line(call)), expected);
    }
  });

  it("runs SQL on a Postgres in the page, and shows where a statement is wrong", { skip }, async () => {
    await open();
    await openProject(storefront);
    const output = page.locator("#sql-output");
    const run = async (sql) => {
      await page.getByLabel("Statement").fill(sql);
      await button("Run").click();
    };
    await button("Run").click();
    await output.getByText("customer", { exact: true }).waitFor({ timeout: 60_000 });
    await run("insert into orders (customer, total) values ('Zoë <b>', 12.5), (null, 1) on conflict do nothing");
    await output.getByText("23502").or(output.getByText("null value in column")).first().waitFor();
    await run("insert into orders (customer, total) values ('Zoë <b>', 12.5) returning id, customer, total");
    await output.getByText("1 row", { exact: true }).waitFor();
    assert.deepEqual(await output.locator("th").allInnerTexts(), ["id", "customer", "total"]);
    assert.equal((await output.locator("td").allInnerTexts())[1], "Zoë <b>");
    await run("select * from nowhere");
    await output
      .getByText(/relation "nowhere" does not exist/)
      .first()
      .waitFor();
    assert.deepEqual(
      await entryOf(`await client.database.query("${storefront}", { query: "select * from nowhere" })`),
      ["POST", "/v1/projects/{ref}/database/query", "ApiError 400"],
    );
  });

  it("creates a secret with the keyboard alone, and keeps its value nowhere", { skip }, async () => {
    await open();
    /** Tabs on until an element with this text has the focus. */
    const tabTo = async (text) => {
      for (let presses = 0; presses < 40; presses++) {
        await page.keyboard.press("Tab");
        const focused = await page.evaluate(() => document.activeElement.textContent.trim());
        if (focused === text) return;
      }
      assert.fail(`the Tab key does not lead to ${text}`);
    };
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the content");
    await tabTo("storefront");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, "none");
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
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "New secret");
    assert.deepEqual(await entryOf(`await client.secrets.create("${storefront}", [{ name: "API_KEY", value: "…" }])`), [
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

  it("shows what the library says to mistakes", { skip }, async () => {
    await open();
    for (const [title, ...words] of [
      ["A misspelt field", "InputError", "nmae", "did you mean name?", "nothing was sent"],
      ["A misspelt option", "InputError", "options.timeout", "did you mean timeoutMs?", "nothing was sent"],
      ["A path that climbs", "InputError", "function_slug", "nothing was sent"],
      ["A reserved name", "InputError", "[0].name", "^(?!SUPABASE_).*", "a string of 10 characters"],
      ["A function that is not there", "ApiError", "404 Function not found"],
      ["A token that is not accepted", "ApiError", "401 Unauthorized"],
    ]) {
      await page.locator("#mistakes").getByRole("button", { name: title }).click();
      for (const word of words) await page.locator("#mistakes output", { hasText: word }).waitFor();
    }
    assert.deepEqual(await entryOf(`await client.functions.get("${storefront}", "nothing-here")`), [
      "GET",
      "/v1/projects/{ref}/functions/{function_slug}",
      "ApiError 404",
    ]);
  });

  it("tells the routes that the library tells", { skip }, async () => {
    await open();
    await openProject(storefront);
    const client = new SupabaseManagement({ baseUrl: "http://127.0.0.1:9", accessToken: "none" });
    const told = await Promise.all(
      (await entries()).map(async ({ method, route, code }) => {
        const [, group, name] = /client\.(\w+)\.(\w+)/.exec(code);
        const error = await client[group][name]({ nonsense: true }).catch((reason) => reason);
        assert.ok(isInputError(error), String(error));
        return [`${method} ${route}`, error.route];
      }),
    );
    for (const [shown, known] of told) assert.equal(shown, known);
  });

  it("goes through the browser's history, and opens the project in its address", { skip }, async () => {
    await page.goto(`${demo.address}/?startupMs=500#projects/${storefront}`);
    await page.locator("#project", { hasText: storefront }).waitFor();
    assert.equal(await page.title(), "storefront · supabase-management-wasm");
    await page.getByRole("link", { name: "All projects" }).click();
    await openProject(notes);
    await page.locator("#secrets", { hasText: "No secrets yet." }).waitFor();
    await page.goBack();
    await row(storefront).waitFor();
    await page.goto(`${demo.address}/?startupMs=500#projects/nowhere`);
    await said("There is no such project here");
  });

  it("saves the state of the sandbox, resets it, and loads it again", { skip }, async () => {
    await open();
    await button("New organization").click();
    await field("Name").fill("Kept");
    await confirmed("Create organization");
    await said("Created the organization Kept");
    await button("Connection …").click();
    const [download] = await Promise.all([page.waitForEvent("download"), button("Save state").click()]);
    const file = await download.path();
    await button("Reset").click();
    await confirmed("Reset");
    await said("The sandbox is as it was");
    await page.locator("#home-summary", { hasText: "3 projects in 2 organizations" }).waitFor();

    await button("Connection …").click();
    await page
      .locator("#state-file")
      .setInputFiles({ name: "x.json", mimeType: "text/plain", buffer: Buffer.from("no") });
    await dialog().getByText("options.state").first().waitFor();
    await page.locator("#state-file").setInputFiles(file);
    await said("Loaded");
    await page.locator("h3", { hasText: "Kept" }).waitFor();
  });

  describe("with a proxy", () => {
    const token = "sbp_cafe0123456789abcdef0123456789abcdef0123";
    let proxy;
    before(async () => (proxy = skip ? undefined : await serving("pkg/cli.js", "sandbox", "--startup-ms", "500")));
    after(() => proxy && stop(proxy.child, "SIGKILL"));

    const connect = async (baseUrl, accessToken) => {
      await button("Connection …").click();
      await field("Address of the proxy").fill(baseUrl);
      await field("Access token").fill(accessToken);
      await confirmed("Connect");
    };
    const state = (text) => page.locator("#connection-state", { hasText: text }).waitFor();

    it("works with a token that is kept in memory only, and goes back", { skip }, async () => {
      await open();
      await connect(proxy.address, ` ${token} `);
      await state(proxy.address);
      await openProject(storefront);
      await button("New secret").click();
      await field("Name").fill("FROM_PAGE");
      await field("Value").fill("swordfish-and-chips");
      await confirmed("Create secret");
      await said("Created the secret FROM_PAGE");
      const address = `${proxy.address}/v1/projects/${storefront}/secrets`;
      const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
      assert.ok((await answer.json()).some(({ name }) => name === "FROM_PAGE"));
      assert.doesNotMatch(await traces(), /cafe0123|swordfish/);
      const code = `const client = new SupabaseManagement({ baseUrl: "${proxy.address}", accessToken: "…" })`;
      assert.equal(await page.locator("#log-client").textContent(), code);

      await button("Back to the sandbox").first().click();
      await state("Sandbox");
      await openProject(storefront);
      assert.equal(await row("FROM_PAGE").count(), 0);
      await page.reload();
      await state("Sandbox");
    });

    it("shows a token that is not accepted, and the way back", { skip }, async () => {
      await open();
      await connect(proxy.address, "not-a-token");
      const failure = page.locator("#failure");
      await failure.getByText("401 Unauthorized").waitFor();
      assert.equal(await row(storefront).count(), 0);
      assert.doesNotMatch(await traces(), /not-a-token(?!")/);
      await failure.getByRole("button", { name: "Back to the sandbox" }).click();
      await row(storefront).waitFor();
      assert.equal(await failure.isVisible(), false);
      // The browser itself logs what is not 2xx.
      complaints = complaints.filter((text) => !/status of 401/.test(text));
    });

    it("shows a proxy that does not answer, and an address that is none", { skip }, async () => {
      await open();
      const gone = await serving("pkg/cli.js", "sandbox");
      await ended(gone);
      await connect(gone.address, token);
      const failure = page.locator("#failure");
      await failure.getByText("ConnectionError").waitFor();
      await failure.getByRole("button", { name: "Change the connection" }).click();
      await field("Address of the proxy").fill("ftp://nowhere");
      await confirmed("Connect");
      await dialog().locator(".fault", { hasText: "options.baseUrl" }).waitFor();
      await page.keyboard.press("Escape");
      await failure.getByRole("button", { name: "Back to the sandbox" }).click();
      await row(storefront).waitFor();
      complaints = complaints.filter((text) => !/ERR_CONNECTION_REFUSED/.test(text));
    });
  });

  it("fits a phone: nothing to scroll sideways, calls in a drawer, targets that a finger hits", { skip }, async () => {
    await page.setViewportSize(narrow);
    await open();
    const fits = async (what) => {
      const { scrollWidth, small } = await page.evaluate(() => {
        const targets = [...document.querySelectorAll("button, input:not([type=checkbox]), select, textarea, nav a")];
        const boxes = targets.map((target) => [
          target.textContent.trim() || target.name,
          target.getBoundingClientRect(),
        ]);
        return {
          scrollWidth: document.scrollingElement.scrollWidth,
          small: boxes.filter(([, { width, height }]) => width > 0 && height < 40).map(([name]) => name),
        };
      });
      assert.equal(scrollWidth, narrow.width, what);
      assert.deepEqual(small, [], what);
    };
    await fits("the list");
    await page.locator("#mistakes").getByRole("button", { name: "A path that climbs" }).click();
    await fits("an error");
    await openProject(storefront);
    await fits("a project");
    await button("New function").click();
    await fits("a dialog");
    await confirmed("Cancel");

    const calls = page.locator("#log-entries");
    assert.equal(await calls.isVisible(), false);
    assert.match(await page.locator("#log-latest").textContent(), /\/v1\/projects\/\{ref\}\/\w+ · 200/);
    await button("Show").click();
    await calls.waitFor();
    await fits("the calls");
    await button("Hide").click();
    assert.equal(await calls.isVisible(), false);
  });

  it("has colours that can be read, light and dark", { skip }, async () => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await open();
      await page.locator("#mistakes").getByRole("button", { name: "A path that climbs" }).click();
      await page.locator("#mistakes article").waitFor();
      const weak = await page.evaluate(weakTexts);
      assert.deepEqual(weak, [], colorScheme);
    }
  });
});

/** Runs in the page: texts with less contrast than WCAG AA asks for, 4.5 to 1. */
function weakTexts() {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = numbers(colour)
      .slice(0, 3)
      .map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    return numbers(backgroundColor)[3] === 0 ? ground(element.parentElement) : backgroundColor;
  };
  const texts = [...document.querySelectorAll("body *")].filter((element) => {
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    return own && element.checkVisibility();
  });
  return texts
    .map((element) => {
      const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      return { text: element.textContent.trim().slice(0, 40), contrast: Math.round(contrast * 10) / 10 };
    })
    .filter(({ contrast }) => contrast < 4.5);
}
