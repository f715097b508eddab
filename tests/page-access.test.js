// Network, domains and access of a project in the page, whose dialogs are forms made from the table.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findingsEverywhere } from "./page/axe.js";
import { openPage, refs, skip } from "./page/harness.js";

const viewOf = (view) => `/projects/${refs.storefront}/${view}`;

describe("network, domains and access", { skip }, () => {
  it("lifts a ban, and replaces the networks that can connect", async (t) => {
    const { page, button, dialog, confirm, said, row } = await openPage(t, { hash: viewOf("network") });
    await button("Lift the ban of 203.0.113.99").click();
    await confirm("Lift the ban");
    await said("203.0.113.99 can connect again");
    await page.getByText("No address is banned.").waitFor();
    const form = page.getByRole("form", { name: "Network restrictions" });
    await form.getByLabel("dbAllowedCidrs 1", { exact: true }).fill("198.51.100.0/24");
    await form.getByRole("button", { name: "Review changes …" }).click();
    await dialog().getByText('["198.51.100.0/24"]').waitFor();
    await confirm("Send the changes");
    await said("Changed Network restrictions: dbAllowedCidrs");
    assert.equal(await form.getByLabel("dbAllowedCidrs 1", { exact: true }).inputValue(), "198.51.100.0/24");
    assert.equal(await row("203.0.113.99").count(), 0);
  });

  it("leads from a free name to a vanity subdomain, and back", async (t) => {
    const expected = /status of 400/;
    const { page, button, field, confirm, said } = await openPage(t, { hash: viewOf("domains"), expected });
    await page.getByText("Please enable the Custom Domain add-on").first().waitFor();
    await field("Is this name free?").fill("acme-shop");
    await button("Check").click();
    await page.getByText("acme-shop is free.").waitFor();
    await button("Activate a subdomain …").click();
    await field("vanity_subdomain").fill("acme-shop");
    await confirm("Activate");
    await said("The vanity subdomain is active");
    await page.getByText("The project answers under this name.").waitFor();
    await button("Deactivate …").click();
    await confirm("Deactivate");
    await page.getByText("The project has no vanity subdomain.").waitFor();
  });

  it("takes a custom hostname from the add-on to its last step", async (t) => {
    const expected = /status of 400/;
    const { page, button, field, confirm, said, go } = await openPage(t, { hash: "/", expected });
    await go("/explorer/billing.applyAddon");
    await button("Start again").click();
    await field("addon_variant").waitFor();
    await page.getByLabel("addon_type", { exact: true }).selectOption("custom_domain");
    await page.getByLabel("addon_variant", { exact: true }).selectOption("cd_default");
    await button("Send …").click();
    await confirm("Send");
    await page.locator("#explorer-answer").waitFor();
    await go(viewOf("domains"));
    await button("Begin …").click();
    await field("custom_hostname").fill("api.example.com");
    await confirm("Begin");
    await said("The custom hostname is begun");
    for (const [action, status] of [
      ["Check the DNS records", "4_origin_setup_completed"],
      ["Activate the hostname", "5_services_reconfigured"],
    ]) {
      await button(action).click();
      await said(`The custom hostname is at ${status}`);
      await page.locator(".status", { hasText: status }).waitFor();
    }
  });

  it("adds an issuer with the form of the table, and deletes it", async (t) => {
    const { page, button, field, dialog, confirm, said, row } = await openPage(t, { hash: viewOf("access") });
    await button("New issuer").click();
    await field("oidc_issuer_url").fill("https://issuer.example.com");
    assert.deepEqual(await findingsEverywhere(page), []);
    await confirm("Add issuer");
    await said("Added: issuer");
    await row("https://issuer.example.com").waitFor();
    await button("Delete https://issuer.example.com").click();
    await confirm("Delete issuer");
    await page.getByText("No issuer yet.").waitFor();
    assert.equal(await dialog().count(), 0);
  });

  it("has no barriers, nor has the form of an endpoint", async (t) => {
    const expected = /status of 400/;
    const { page, button, go } = await openPage(t, { hash: viewOf("network"), expected });
    for (const hash of [viewOf("network"), viewOf("domains"), "/explorer/v2.logDrains.create"]) {
      await go(hash);
      assert.deepEqual(await findingsEverywhere(page), [], hash);
    }
    await button("Fill in an example").click();
    assert.deepEqual(await findingsEverywhere(page), []);
  });
});
