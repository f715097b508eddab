// The main path of the page in Firefox: a project, a secret, a statement of SQL.
import assert from "node:assert/strict";
import { it } from "node:test";
import { launchFirefox, skip } from "./page/firefox.js";
import { pageAddress, refs } from "./page/harness.js";

it("works in Firefox: opens a project, creates a secret, runs SQL", { skip, timeout: 120_000 }, async (t) => {
  const firefox = await launchFirefox();
  t.after(() => firefox.close());
  t.diagnostic(await firefox.version());
  const page = await firefox.newPage();
  page.setDefaultTimeout(20_000);
  await page.setViewport({ width: 1280, height: 900 });
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.stack));

  /** An element by the name and role that a screen reader tells. */
  const named = (name, role, within = "") =>
    page.locator(`${within} ::-p-aria([name="${name}"][role="${role}"])`.trim());
  const shown = (text) => page.locator(`::-p-text(${text})`).wait();

  await page.goto(`${await pageAddress()}/?startupMs=500`);
  await named("storefront", "link", "main").click();
  await page.locator("#project-title").wait();
  assert.equal(new URL(page.url()).hash, `#/projects/${refs.storefront}`);

  await named("Secrets", "link").click();
  await named("New secret", "button").click();
  await named("Name", "textbox", "dialog").fill("FROM_FIREFOX");
  // By keyboard, as a field for a password has no role.
  await page.keyboard.press("Tab");
  await page.keyboard.type("swordfish");
  await page.keyboard.press("Enter");
  await shown("Created the secret FROM_FIREFOX");
  await named("Delete FROM_FIREFOX", "button").wait();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "New secret");

  await named("SQL", "link").click();
  await page.locator("main textarea").fill("select 6 * 7 as answer");
  await named("Run", "button").click();
  await page.locator("main td::-p-text(42)").setTimeout(60_000).wait();
  assert.deepEqual(complaints, []);
});
