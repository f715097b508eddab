// Rust front ends use the crate as it is: with Leptos, Yew and Dioxus they compile for the browser, nothing that is meant for
// JavaScript alone comes with the client, and they do in Chromium what they are there for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { bind, compile } from "./apps.mjs";
import { findBrowser, launch } from "./browser.js";
import { serveApp } from "./proxy.mjs";

/** The folders of this one, by framework. */
const apps = { Leptos: "frontend-leptos", Yew: "frontend", Dioxus: "frontend-dioxus" };

const { reason: skip } = await findBrowser();

it("a Rust front end gets the client without the exports for JavaScript", async () => {
  const bytes = readFileSync(await compile(apps.Yew));
  const module = await WebAssembly.compile(bytes);
  // Each `#[wasm_bindgen]` function is one here, behind its name a hash; what begins with two underscores is wasm-bindgen's.
  const exported = WebAssembly.Module.exports(module)
    .map(({ name }) => name.replace(/_[0-9a-f]{16}$/, ""))
    .filter((name) => !name.startsWith("__") && name !== "memory");
  assert.deepEqual(exported, ["start"], "the front end exports what it exports itself, and nothing else");

  const names = WebAssembly.Module.customSections(module, "name")
    .map((section) => Buffer.from(section).toString("latin1"))
    .join();
  assert.match(names, /supabase_management_wasm/, "the client is in it, with names: what follows says something");
  assert.doesNotMatch(names, /rlsf/, "the allocator is the front end's own business");
  assert.ok(!bytes.includes("export interface Resources"), "TypeScript of the npm package is in it");
});

for (const [framework, app] of Object.entries(apps)) {
  describe(`a page with ${framework}`, () => {
    const complaints = [];
    const printed = [];
    let site, browser, page;

    // What compiles is shown on a machine without a browser, too.
    before(async () => {
      site = await serveApp(await bind(app));
      if (skip) return;
      browser = await launch();
      page = await browser.newPage();
      page.setDefaultTimeout(10_000);
      page.on("pageerror", (error) => complaints.push(error.stack));
      page.on("console", (message) => {
        if (message.type() === "log") printed.push(message.args()[0].jsonValue());
        if (/^(error|warning)$/.test(message.type())) complaints.push(message.text());
      });
      await page.goto(site.url);
    });

    after(async () => {
      await browser?.close();
      await site?.close();
    });

    const items = (id) => page.locator(`#${id} > li`);
    const shown = (id, text) => items(id).filter({ hasText: text }).waitFor();
    const alert = () => page.getByRole("alert");
    const created = async (name, value) => {
      await page.getByLabel("Name").fill(name);
      await page.getByLabel("Value").fill(value);
      await page.getByRole("button", { name: "Create" }).click();
    };
    const writes = () => site.asked.filter((line) => line.startsWith("POST")).length;

    it("lists projects with their status", { skip }, async () => {
      await shown("projects", "storefront is ACTIVE_HEALTHY");
      assert.deepEqual(await items("projects").allTextContents(), [
        "storefront is ACTIVE_HEALTHY",
        "storefront-staging is COMING_UP",
        "field-notes is INACTIVE",
      ]);
    });

    it("shows a list of several pages, which it asks for one by one", { skip }, async () => {
      await shown("everything", "storefront-staging");
      assert.deepEqual(await items("everything").allTextContents(), ["storefront", "storefront-staging"]);
      const pages = site.asked.filter((line) => line.includes("/organizations/"));
      assert.deepEqual(
        pages.map((line) => /offset=(\d)/.exec(line)?.[1]),
        [undefined, "1"],
      );
    });

    it("shows in its error boundary what is wrong with an input, and sends nothing", { skip }, async () => {
      await created("SUPABASE_URL", "https://example.com");
      await alert()
        .filter({ hasText: "secrets.create (POST /v1/projects/{ref}/secrets): [0].name: expected" })
        .waitFor();
      assert.equal(writes(), 0);
      // With Dioxus the boundary takes the place of what is in it.
      if (framework === "Dioxus") await page.getByRole("button", { name: "Try again" }).click();
    });

    it("creates a secret, and lists it", { skip }, async () => {
      await created("API_KEY", "correct horse");
      await shown("secrets", "API_KEY");
      assert.equal(writes(), 1);
      await alert().waitFor({ state: "detached" });
    });

    it("shows how far a wait is, and its end", { skip }, async () => {
      const startup = page.locator("#startup");
      await page.getByRole("button", { name: "Wait" }).click();
      await startup.filter({ hasText: /^COMING_UP after 2 looks$/ }).waitFor();
      site.pass(60_000);
      await startup.filter({ hasText: /^ACTIVE_HEALTHY after \d+ looks$/ }).waitFor();
    });

    if (framework === "Yew")
      it("hands models to JavaScript, and takes one from a form", { skip }, async () => {
        await page.getByRole("button", { name: "Print" }).click();
        const [projects] = await Promise.all(printed);
        assert.deepEqual(
          projects.map(({ name, status }) => [name, status]),
          [
            ["storefront", "ACTIVE_HEALTHY"],
            ["storefront-staging", "COMING_UP"],
            ["field-notes", "INACTIVE"],
          ],
        );
      });

    it("has had nothing to complain of", { skip }, () => assert.deepEqual(complaints, []));
  });
}
