// The documentation site as `npm run docs` makes it: built without a warning, no link that leads nowhere, complete for programs,
// and in a browser usable by everybody, with Run buttons that run.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { root } from "../pkg/build/install.mjs";
import { site as folder, source, stamp } from "../www/docs/build.mjs";
import { pagesIn, sitePages } from "../www/docs/build/pages.mjs";
import { serveDocs } from "../www/serve/docs.mjs";
import { findBrowser, launch } from "./browser.js";
import { deadLinks, readSite } from "./documents/site.mjs";
import { runNode } from "./documents/node.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browserFound = await findBrowser();

before(
  async () => {
    // So that it is built, and says what it has to say.
    rmSync(stamp, { force: true });
    const { code, output } = await runNode(["www/docs/build.mjs", "--no-build"], root);
    assert.equal(code, 0, output);
    const expected = /^(?:\s*|vitepress v.*|[-✓✔] .*|build complete in .*)$/;
    const lines = stripVTControlCharacters(output).split(/[\r\n]+/);
    assert.deepEqual(
      lines.filter((line) => !expected.test(line)),
      [],
    );
  },
  { timeout: 600_000 },
);

describe("the site", () => {
  it("has no link that leads nowhere, and no anchor that is missing", (t) => {
    const site = readSite(folder);
    assert.deepEqual(deadLinks(site, folder), []);
    const count = [...site.values()].reduce((sum, { links }) => sum + links.length, 0);
    t.diagnostic(`${site.size} pages, ${count} links`);
    assert.ok(site.size > 40 && count > 1000);
  });

  it("tells programs of every page, with a description, and gives them the whole text", () => {
    const [index, full] = ["llms.txt", "llms-full.txt"].map((name) => readFileSync(join(folder, name), "utf8"));
    const pages = sitePages(source);
    for (const { path, title, description } of pages) {
      assert.ok(title && description, `${path} has no title or no description`);
      const address = path.replace(/\.md$/, ".html");
      assert.ok(index.includes(`](${address}): ${description}`), `llms.txt has no ${address}`);
      assert.ok(full.includes(`<!-- ${address} -->`), `llms-full.txt has no ${address}`);
    }
    assert.ok(!/<RunExample|<script|&lt;|^<<< |^<!--@include/m.test(full));
  });

  it("gives no file but its own", async () => {
    const answer = serveDocs({ built: true });
    assert.equal(await answer("/other"), undefined);
    assert.equal((await answer("/docs")).status, 308);
    assert.equal((await answer("/docs/")).status, 200);
    assert.equal((await answer("/docs/reference/functions")).status, 200);
    for (const path of ["/docs/../docs.json", "/docs/..%2fdocs.json", "/docs/.vitepress", "/docs/no-such-page"])
      assert.equal((await answer(path)).status, 404, path);
  });
});

describe("the site in a browser", { skip: browserFound.path ? false : browserFound.reason }, () => {
  let browser;
  let server;
  let base;
  before(
    async () => {
      const answer = serveDocs({ built: true });
      server = createServer(async ({ url }, response) => {
        const { status, headers, body } = (await answer(url.split("?", 1)[0])) ?? {
          status: 404,
          headers: {},
          body: "",
        };
        response.writeHead(status, headers).end(body);
      });
      await once(server.listen(0, "127.0.0.1"), "listening");
      base = `http://127.0.0.1:${server.address().port}/docs/`;
      browser = await launch();
    },
    { timeout: 600_000 },
  );
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  /** Opens a page, and says what it complained about, or asked others for. */
  async function open(path, { width = 1280, colorScheme = "light" } = {}) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(base) && !request.url().startsWith("data:")) complaints.push(request.url());
    });
    await page.goto(base + path, { waitUntil: "networkidle" });
    return { page, complaints, close: () => context.close() };
  }

  const guides = pagesIn(source, "guide").map(({ path }) => path.replace(/\.md$/, ""));
  const chosen = guides.filter((path) => /\/(?:first-call|situations|rust)$/.test(path));
  for (const path of ["", "reference/", "reference/functions", "reference/limits", "reference/options", ...chosen]) {
    for (const [width, colorScheme] of [
      [1280, "light"],
      [360, "dark"],
    ]) {
      it(`is readable by everybody: /${path}, ${width} px, ${colorScheme}`, { timeout: 60_000 }, async () => {
        const { page, complaints, close } = await open(path, { width, colorScheme });
        assert.deepEqual(complaints, []);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `the page is ${wider} px wider than the window`);
        // Evaluated, not added as a script: the policy of the pages allows no other script.
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document));
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
        assert.deepEqual(found, []);
        await close();
      });
    }
  }

  for (const [path, id, has] of [
    ["reference/functions", "functions.deploy", '"status": "ACTIVE"'],
    ["reference/database", "database.query", '"two": 2'],
    ["", "functions.deploy", '"slug": "hello"'],
  ]) {
    it(`runs the example of ${id} on /${path}`, { timeout: 120_000 }, async () => {
      const { page, complaints, close } = await open(path);
      await page.getByRole("button", { name: `Run on the sandbox: ${id}`, exact: true }).click();
      const answer = page.getByLabel(`Answer of ${id}`, { exact: true });
      await answer.waitFor({ timeout: 100_000 });
      assert.ok((await answer.textContent()).includes(has), await answer.textContent());
      assert.deepEqual(complaints, []);
      await close();
    });
  }

  it("leads to the page on the sandbox, on wide and narrow windows", { timeout: 60_000 }, async () => {
    const wide = await open("");
    const link = wide.page.getByRole("link", { name: "Sandbox", exact: true });
    assert.equal(await link.first().evaluate(({ href }) => new URL(href).pathname), "/");
    await wide.close();
    const narrow = await open("", { width: 360 });
    await narrow.page.getByRole("button", { name: "mobile navigation" }).click();
    await narrow.page.getByRole("link", { name: "Sandbox", exact: true }).waitFor();
    await narrow.close();
  });

  it("finds a method by the search", { timeout: 60_000 }, async () => {
    const { page, close } = await open("");
    await page.keyboard.press("Control+k");
    await page.locator("#localsearch-input").fill("bulkUpdate");
    const result = page.locator(".VPLocalSearchBox .result").first();
    await result.waitFor();
    assert.match(await result.getAttribute("href"), /reference\/functions/);
    await close();
  });
});
