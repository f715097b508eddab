// Opens the page in Chromium as somebody uses it. Each test gets a page of its own; what the console says fails the test.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { findBrowser, launch } from "../browser.js";
import { printed, start, stop } from "../runtimes/harness/run.mjs";

const fileOf = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

export const wide = 1280;
export const narrow = 360;

/** Projects of the sandbox's first account. */
export const refs = {
  storefront: "hqvkzumdtlrwaxbeogcy",
  staging: "wnfcjpoybtgxirdkqseu",
  notes: "udqsbyhamzptvcfwelkr",
};

/** Why no test with a browser can run here; undefined where they can: `it("…", { skip }, …)`. */
export const { reason: skip } = await findBrowser();

/** Starts a program of this repository that serves something. Resolves to its process and to its address. */
export async function serving(file, ...args) {
  const child = start(process.execPath, [fileOf(file), ...args, "--port", "0"]);
  const [address] = await printed(child, /http:\/\/127\.0\.0\.1:\d+/);
  return { child, address };
}

/** Ends a program as Ctrl-C does. Resolves to its exit code: it has to end by itself. */
export async function ended({ child }) {
  stop(child, "SIGINT");
  const late = setTimeout(() => stop(child, "SIGKILL"), 5_000);
  const { code } = await child.ended;
  clearTimeout(late);
  return code;
}

// One server and one browser for all tests of a file: they start with the first page that is opened.
let server;
let browser;
const starting = () => (server ??= startServer());
async function startServer() {
  if (!existsSync(fileOf("www/dist/index.html"))) throw new Error("the page is not built: run `npm run page` first");
  return serving("www/serve.mjs", "--no-build");
}
const launching = () => (browser ??= launch());
after(async () => {
  await (await browser)?.close();
  if (server) stop((await server).child, "SIGKILL");
});

/** Address of the page that the tests of this file share, such as `http://127.0.0.1:40001`. */
export const pageAddress = async () => (await starting()).address;

/**
 * Opens the page, and closes it when the test ends: `const { page, button } = await openPage(t, { hash: "/mistakes" })`.
 * The page is wide and light unless asked for otherwise, and new projects of its sandbox are up after half a second.
 * @param t context of the test
 * @param hash the view, as in the address: `/projects/…/secrets`
 * @param query of the address
 * @param width in pixels
 * @param scheme `light` or `dark`
 * @param before does something with the browser's page before it goes to the address
 * @param expected a pattern of what the console may say in this test, such as the status of a call that has to fail
 */
export async function openPage(t, options = {}) {
  const { hash = "/", query = "?startupMs=500", width = wide, scheme = "light", before, expected, ...more } = options;
  const [address, chromium] = await Promise.all([pageAddress(), launching()]);
  const viewport = { width, height: width > 600 ? 900 : 740 };
  const context = await chromium.newContext({ viewport, colorScheme: scheme, acceptDownloads: true, ...more });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.stack));
  page.on("console", (message) => complaints.push(message.text()));
  t.after(async () => {
    await context.close();
    assert.deepEqual(
      complaints.filter((text) => !expected?.test(text)),
      [],
      "the console of the page",
    );
  });
  await before?.(page);
  await page.goto(`${address}/${query}#${hash}`);
  await settled(page);
  return { page, address, complaints, ...helpers(page) };
}

/** Waits until the view is there: no part of it says that it is loading. */
export async function settled(page) {
  await page.locator("main > *").first().waitFor();
  const isThere = () => !document.getElementById("main").textContent.includes("Loading …");
  // The first statement of SQL loads the Postgres of the sandbox.
  await page.waitForFunction(isThere, undefined, { timeout: 60_000 });
}

function helpers(page) {
  const dialog = () => page.locator("dialog[open]");
  return {
    /** A row of a table in the view that contains this text. */
    row: (text) => page.locator("main tr", { hasText: text }),
    /** A button by its whole name, wherever it is. */
    button: (name) => page.getByRole("button", { name, exact: true }),
    /** A link by its whole name. */
    link: (name) => page.getByRole("link", { name, exact: true }),
    /** A field of the open dialog, else of the page, by its whole label. */
    field: (label) =>
      page.locator("dialog[open], body:not(:has(dialog[open])) main").getByLabel(label, { exact: true }),
    dialog,
    /** Presses a button of the open dialog. */
    confirm: (name) => dialog().getByRole("button", { name, exact: true }).click(),
    /** Waits until the page says a sentence with this text. */
    said: (text) => page.locator("#result", { hasText: text }).waitFor(),
    /** Goes to another view of the page, as a link does. */
    async go(hash) {
      await page.evaluate((to) => (location.hash = to), hash);
      await settled(page);
    },
    calls: () => callsOf(page),
    call: async (code) => callOf(await callsOf(page), code),
    traces: () => page.evaluate(tracesOfPage),
  };
}

/** The entries of the list of calls, the latest first. */
const callsOf = (page) =>
  page.locator("#log ol > li").evaluateAll((items) =>
    items.map((item) => {
      const text = (selector) => item.querySelector(selector).textContent;
      const [method, route, times] = [text("b"), text(".route"), text(".times")];
      return { method, route, times, outcome: text(".outcome"), ms: text(".ms"), code: text("code") };
    }),
  );

/** Method, route and outcome of the latest call that this line of code makes: `await client.projects.list()`. */
function callOf(entries, code) {
  const found = entries.find((entry) => entry.code === code);
  assert.ok(found, `${code} is not among\n${entries.map((entry) => entry.code).join("\n")}`);
  return [found.method, found.route, found.outcome];
}

/** Runs in the page: all that somebody could read in it or find left behind. */
async function tracesOfPage() {
  return [
    document.documentElement.outerHTML,
    ...Array.from(document.querySelectorAll("input, textarea"), ({ value }) => value),
    JSON.stringify({ ...localStorage, ...sessionStorage }),
    JSON.stringify(await indexedDB.databases()),
    document.cookie,
    location.href,
    JSON.stringify(history.state),
  ].join("\n");
}
