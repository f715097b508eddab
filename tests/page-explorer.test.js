// The explorer of all endpoints, in Chromium.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readCatalog } from "../www/catalog/catalog.mjs";
import { narrow, openPage, refs, skip } from "./page/harness.js";

const operations = readCatalog();

describe("the explorer", { skip }, () => {
  it("leads to every operation of the table, by keyboard too", async (t) => {
    const { page } = await openPage(t, { hash: "/explorer" });
    const links = page.locator("a[data-operation]");
    const seen = await links.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.deepEqual(seen.sort(), operations.map(({ id }) => `#/explorer/${id}`).sort());
    await page.keyboard.press("/");
    await page.keyboard.type("branches create");
    assert.deepEqual(await links.allInnerTexts(), ["create", "create"]);
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "Enter"]) await page.keyboard.press(key);
    await page.getByRole("heading", { level: 2, name: "branches.create" }).waitFor();
  });

  it("draws a form for a fourth of the operations, and for each with files, whose example makes a request", async (t) => {
    // Chromium advises against forms with several passwords: a private key has that many secret parts.
    const expected = /Multiple forms should be contained/;
    const { page, go } = await openPage(t, { hash: "/explorer", expected });
    const sample = operations.filter(({ body }, at) => at % 4 === 0 || !["none", "json"].includes(body));
    for (const { id } of sample) {
      await go(`/explorer/${id}`);
      await page.getByRole("heading", { level: 2, name: id, exact: true }).waitFor();
      await page.getByRole("button", { name: "Fill in an example" }).click();
      // What the client would refuse has no request.
      await page.locator("#explorer-request").waitFor();
    }
  });

  it("shows the request, sends it, shows the answer, and gives the code", async (t) => {
    const { page, button, field, call } = await openPage(t, { hash: "/explorer/projects.get" });
    assert.equal(await field("ref").inputValue(), refs.storefront);
    const request = page.locator("#explorer-request");
    assert.match(await request.textContent(), new RegExp(`^GET /v1/projects/${refs.storefront}\n`));
    await button("Send").click();
    await page.locator("#explorer-answer", { hasText: "200" }).waitFor();
    await page.locator(".json-frame", { hasText: '"storefront"' }).waitFor();
    assert.deepEqual(await call(`await client.projects.get("${refs.storefront}")`), [
      "GET",
      "/v1/projects/{ref}",
      "200",
    ]);
    for (const [name, words] of [
      ["JavaScript", `client.projects.get("${refs.storefront}")`],
      ["Rust", `client.projects().get("${refs.storefront}").await?`],
      ["curl", "$SUPABASE_ACCESS_TOKEN"],
    ]) {
      await page.getByRole("tab", { name }).click();
      const text = await page.getByRole("tabpanel").textContent();
      assert.ok(text.includes(words), text);
    }
  });

  it("says at the field what is wrong, and what the API answered when it refuses", async (t) => {
    const expected = /status of 404/;
    const { page, button, field } = await openPage(t, { hash: "/explorer/projects.get", expected });
    await field("ref").fill("short");
    await page.locator("small.wrong", { hasText: "Expected exactly 20 characters" }).waitFor();
    await button("Send").click();
    await page.locator(".fault", { hasText: "InputError" }).waitFor();
    await field("ref").fill("a".repeat(20));
    await page.locator("#explorer-request").waitFor();
    await button("Send").click();
    await page.locator(".fault", { hasText: "ApiError" }).waitFor();
    await page.locator("#explorer-answer", { hasText: "404" }).waitFor();
  });

  it("adds fields, sets them to null, and takes them away", async (t) => {
    const { page, button, field } = await openPage(t, { hash: "/explorer/auth.updateConfig" });
    const shows = (hasText) => page.locator("#explorer-request", { hasText }).waitFor();
    await shows(/\{\}$/);
    await button("Add: smtp_host").click();
    await field("smtp_host").fill("mail.example.com");
    await shows('"smtp_host": "mail.example.com"');
    await button("Set to null: smtp_host").click();
    await shows('"smtp_host": null');
    await button("Remove: smtp_host").click();
    await shows(/\{\}$/);
  });

  it("shows a secret in a path nowhere, neither before the call nor after it", async (t) => {
    const expected = /status of 40\d/;
    const { page, button, field } = await openPage(t, { hash: "/explorer/organizations.getProjectClaim", expected });
    await field("slug").fill("tidewater-labs");
    await field("token").fill("claim-of-mine");
    await page.locator("#explorer-request", { hasText: "/project-claim/…" }).waitFor();
    await button("Send").click();
    await page.locator("#explorer-answer").waitFor();
    assert.ok(!(await page.locator("body").textContent()).includes("claim-of-mine"));
  });

  it("asks before it deletes, and takes files", async (t) => {
    const { page, button, field, dialog, confirm } = await openPage(t, { hash: "/explorer/functions.deploy" });
    await field("entrypoint_path").fill("index.ts");
    const content = Buffer.from("Deno.serve(() => new Response('Hello'))");
    await field("Files").setInputFiles({ name: "index.ts", mimeType: "text/plain", buffer: content });
    await button("Add: slug").click();
    await field("slug").fill("from-explorer");
    await button("Send").click();
    await page.locator("#explorer-answer", { hasText: "201" }).waitFor();
    await page.evaluate(() => (location.hash = "/explorer/functions.delete"));
    await field("function_slug").fill("from-explorer");
    await button("Send …").click();
    await dialog().getByText("It deletes something.").waitFor();
    await confirm("Send");
    await page.locator("#explorer-answer", { hasText: "200" }).waitFor();
  });

  it("needs no more room than a phone has", async (t) => {
    const { page, go } = await openPage(t, { hash: "/explorer", width: narrow });
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    for (const hash of [
      "/explorer",
      "/explorer/v2.logDrains.create",
      "/explorer/auth.updateConfig",
      "/explorer/functions.deploy",
    ]) {
      await go(hash);
      assert.equal(await overflow(), 0, hash);
    }
  });
});
