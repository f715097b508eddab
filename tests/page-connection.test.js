// Where the calls of the page go: its own sandbox, whose state can be kept, or a proxy.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { ended, openPage, refs, serving, settled, skip } from "./page/harness.js";
import { stop } from "./runtimes/harness/run.mjs";

const { storefront } = refs;

describe("the connection of the page", () => {
  it("saves the state of the sandbox, resets it, and loads it again", { skip }, async (t) => {
    const { page, button, field, confirm, said, dialog } = await openPage(t);
    const heading = page.locator("main h3", { hasText: "Kept" });
    await button("New organization").click();
    await field("Name").fill("Kept");
    await confirm("Create organization");
    await heading.waitFor();
    await button("Connection …").click();
    const [download] = await Promise.all([page.waitForEvent("download"), button("Save state").click()]);
    const file = await download.path();
    await button("Reset …").click();
    await button("Reset: all that was created is gone").click();
    await said("The sandbox is as it was at the beginning");
    await page.locator("main h3", { hasText: "Tidewater" }).waitFor();
    assert.equal(await heading.count(), 0);

    await button("Connection …").click();
    const noState = { name: "x.json", mimeType: "text/plain", buffer: Buffer.from("no") };
    await page.locator("#state-file").setInputFiles(noState);
    await dialog().getByText("options.state").first().waitFor();
    await page.locator("#state-file").setInputFiles(file);
    await said("Loaded");
    await heading.waitFor();
  });

  describe("with a proxy", () => {
    const token = "sbp_cafe0123456789abcdef0123456789abcdef0123";
    let proxy;
    before(async () => (proxy = skip ? undefined : await serving("pkg/cli.js", "sandbox", "--startup-ms", "500")));
    after(() => proxy && stop(proxy.child, "SIGKILL"));

    const connecting =
      ({ button, field, confirm }) =>
      async (baseUrl, accessToken) => {
        await button("Connection …").click();
        await field("Address of the proxy").fill(baseUrl);
        await field("Access token").fill(accessToken);
        await confirm("Connect");
      };
    const state = (page, text) => page.locator("#connection-state", { hasText: text }).waitFor();

    it("works with a token that is kept in memory only, and goes back", { skip }, async (t) => {
      const opened = await openPage(t);
      const { page, row, go, button, field, confirm, said, traces } = opened;
      await connecting(opened)(proxy.address, ` ${token} `);
      await state(page, proxy.address);
      await row(storefront).waitFor();
      await go(`/projects/${storefront}/secrets`);
      await button("New secret").click();
      await field("Name").fill("FROM_PAGE");
      await field("Value").fill("swordfish-and-chips");
      await confirm("Create secret");
      await said("Created the secret FROM_PAGE");
      const secrets = `${proxy.address}/v1/projects/${storefront}/secrets`;
      const answer = await fetch(secrets, { headers: { authorization: `Bearer ${token}` } });
      assert.ok((await answer.json()).some(({ name }) => name === "FROM_PAGE"));
      assert.doesNotMatch(await traces(), /cafe0123|swordfish/);
      const code = `const client = new SupabaseManagement({ baseUrl: "${proxy.address}", accessToken: "…" })`;
      assert.equal(await page.locator("#log-client").textContent(), code);

      await button("Back to the sandbox").click();
      await state(page, "Sandbox");
      await row("STRIPE_SECRET_KEY").waitFor();
      assert.equal(await row("FROM_PAGE").count(), 0);
      await page.reload();
      await settled(page);
      await state(page, "Sandbox");
    });

    it("shows a token that is not accepted, and the way back", { skip }, async (t) => {
      // The browser itself logs what is not 2xx.
      const opened = await openPage(t, { expected: /status of 401/ });
      const { page, row, button, traces } = opened;
      await connecting(opened)(proxy.address, "not-a-token");
      await page.locator("main .fault", { hasText: "401 Unauthorized" }).waitFor();
      assert.equal(await row(storefront).count(), 0);
      assert.doesNotMatch(await traces(), /not-a-token/);
      await button("Back to the sandbox").click();
      await row(storefront).waitFor();
    });

    it("shows a proxy that does not answer, and an address that is none", { skip }, async (t) => {
      const opened = await openPage(t, { expected: /ERR_CONNECTION_REFUSED/ });
      const { page, row, button, field, confirm, dialog } = opened;
      const gone = await serving("pkg/cli.js", "sandbox");
      assert.equal(await ended(gone), 0);
      await connecting(opened)(gone.address, token);
      await page.locator("main .fault", { hasText: "ConnectionError" }).waitFor();
      await button("Connection …").click();
      await field("Address of the proxy").fill("ftp://nowhere");
      await confirm("Connect");
      await dialog().locator(".fault", { hasText: "options.baseUrl" }).waitFor();
      await page.keyboard.press("Escape");
      assert.equal(await dialog().count(), 0);
      await button("Use a sandbox").click();
      await row(storefront).waitFor();
    });
  });
});
