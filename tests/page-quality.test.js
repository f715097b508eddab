// What every view of the page must be: without barriers, still, quick, small, and quiet towards others.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bundleFiles, firstViewFiles } from "../www/build.mjs";
import { findingsEverywhere } from "./page/axe.js";
import { narrow, openPage, pageAddress, refs, skip, wide } from "./page/harness.js";
import { everyView } from "./page/views.js";

/** Milliseconds until something is seen, and until the projects are. */
const mostMs = 1_000;

/** Bytes as brotli makes them. */
const most = { firstView: 420_000, script: 60_000, oneFile: 60_000 };

describe("every view of the page", { skip }, () => {
  it("has no barrier that axe finds: wide and narrow, light and dark", async (t) => {
    const { page, go } = await openPage(t);
    for (const { title, hash } of everyView)
      await t.test(title, async () => {
        await go(hash);
        assert.deepEqual(await findingsEverywhere(page), []);
      });
  });

  it("has no barrier in its dialogs, nor in the list of calls", async (t) => {
    const { page, go, button, field, confirm, dialog } = await openPage(t, {
      hash: `/projects/${refs.storefront}/secrets`,
    });
    await button("New secret").click();
    assert.deepEqual(await findingsEverywhere(page), [], "a dialog");
    await field("Name").fill("SUPABASE_X");
    await field("Value").fill("1");
    await confirm("Create secret");
    await dialog().locator(".fault").waitFor();
    assert.deepEqual(await findingsEverywhere(page), [], "a dialog with an error");
    await page.keyboard.press("Escape");
    await button("Connection …").click();
    assert.deepEqual(await findingsEverywhere(page), [], "the connection");
    await page.keyboard.press("Escape");
    await go("/");
    await page.setViewportSize({ width: narrow, height: 740 });
    await button("Show").click();
    assert.deepEqual(await findingsEverywhere(page), [], "the list of calls");
  });

  for (const width of [wide, narrow])
    it(`does not shift while it is loaded, ${width} px wide`, async (t) => {
      const { page, go } = await openPage(t, { width, before: watchShifts });
      const shifted = [];
      for (const { title, hash } of everyView) {
        await go(hash);
        // What comes after the calls of the view have been answered.
        await page.waitForTimeout(300);
        for (const shift of await page.evaluate(() => globalThis.shifts.splice(0))) shifted.push(`${title}: ${shift}`);
      }
      assert.deepEqual(shifted, []);
    });

  it("talks to nobody but the server that it comes from", async (t) => {
    const asked = new Set();
    const before = (page) => page.on("request", (request) => asked.add(request.url()));
    const { address, go } = await openPage(t, { before });
    for (const { hash } of everyView) await go(hash);
    const foreign = [...asked].filter((url) => !url.startsWith(`${address}/`) && !/^(?:data|blob):/.test(url));
    assert.ok(asked.size > 5);
    assert.deepEqual(foreign, []);
  });
});

describe("the first view of the page", () => {
  it("shows the projects within a second", { skip }, async (t) => {
    const times = [];
    // The best of three: the machine does other things, too.
    for (let round = 0; round < 3; round++) {
      const { page } = await openPage(t, { before: watchProjects });
      times.push(
        await page.evaluate(() => ({
          paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
          projects: globalThis.projectsShown,
        })),
      );
    }
    const best = (name) => Math.min(...times.map((one) => one[name]));
    t.diagnostic(`first contentful paint ${best("paint").toFixed(0)} ms, projects ${best("projects").toFixed(0)} ms`);
    assert.ok(best("paint") < mostMs, `first contentful paint after ${best("paint")} ms`);
    assert.ok(best("projects") < mostMs, `the projects after ${best("projects")} ms`);
  });

  it("stays small, and so does every other file", (t) => {
    const files = bundleFiles();
    const names = firstViewFiles();
    const first = files.filter(({ name }) => names.includes(name));
    assert.equal(first.length, names.length);
    const sum = (some) => some.reduce((all, { brotli }) => all + brotli, 0);
    const isWasm = ({ name }) => name.endsWith(".wasm");
    const [all, script] = [sum(first), sum(first.filter((file) => !isWasm(file)))];
    t.diagnostic(`first view: ${all} bytes with brotli, of which ${script} are not WebAssembly`);
    assert.ok(all <= most.firstView, `the first view has ${all} bytes`);
    assert.ok(script <= most.script, `script and styles of the first view have ${script} bytes`);
    const large = files.filter((file) => !isWasm(file) && file.brotli > most.oneFile);
    assert.deepEqual(large, []);
  });

  it("has a policy that allows nothing unsafe but WebAssembly", async () => {
    const html = await (await fetch(`${await pageAddress()}/`)).text();
    const [, policy] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html);
    const directives = new Map(policy.split(";").map((text) => text.trim().split(/\s+(.*)/s)));
    assert.equal(directives.get("default-src"), "'none'");
    assert.equal(directives.get("script-src"), "'self' 'wasm-unsafe-eval'");
    assert.equal(directives.get("style-src"), "'self'");
    assert.equal(directives.get("form-action"), "'none'");
    assert.equal(directives.get("base-uri"), "'none'");
    assert.doesNotMatch(policy.replace("'wasm-unsafe-eval'", ""), /unsafe/);
    assert.doesNotMatch(html, /<script(?![^>]*src=)|\sstyle=|\son\w+=/);
  });
});

/** Notes what moves by itself: how far, and what it is. The list of calls does, as the latest call comes first. */
const watchShifts = (page) =>
  page.addInitScript(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries()) {
        const elements = sources.map(({ node }) => (node instanceof Element ? node : node?.parentElement));
        const moved = elements.filter((element) => element && !element.closest("#log ol"));
        if (hadRecentInput || moved.length === 0) continue;
        globalThis.shifts.push(`${value.toFixed(5)} ${moved.map((one) => one.outerHTML.slice(0, 80)).join(" | ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });

/** Notes when the first project is there. */
const watchProjects = (page) =>
  page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector("main tbody tr")) return;
      globalThis.projectsShown = performance.now();
      observer.disconnect();
    }).observe(document, { subtree: true, childList: true });
  });
