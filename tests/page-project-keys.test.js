// The keys and the branches of a project, in a browser.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openPage, refs, skip } from "./page/harness.js";

const of = (view) => ({ hash: `/projects/${refs.storefront}/${view}` });

describe("the keys of a project", { skip }, () => {
  it("are covered until somebody wants to see one, and are covered again on request", async (t) => {
    const { row, button, traces } = await openPage(t, of("api-keys"));
    const secret = row("sb_secret_");
    const covered = await secret.locator("code").textContent();
    assert.match(covered, /^sb_secret_\w{5}••••••••$/);
    assert.doesNotMatch(await traces(), /sb_secret_\w{6}|eyJhbGciOi/, "no key is anywhere in the page");
    await button("Reveal default (secret)").click();
    await button("Hide default (secret)").waitFor();
    assert.match(await secret.locator("code").textContent(), /^sb_secret_[\w-]{20,}$/);
    await button("Hide default (secret)").click();
    assert.equal(await secret.locator("code").textContent(), covered);
  });

  it("are copied whole while they are covered", async (t) => {
    const { button, said, page } = await openPage(t, {
      ...of("api-keys"),
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await button("Copy default (secret)").click();
    await said("Copied default (secret)");
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^sb_secret_[\w-]{20,}$/);
  });

  it("are created, renamed and deleted, and the form says what a name may be", async (t) => {
    const { button, field, confirm, said, row, dialog } = await openPage(t, of("api-keys"));
    await button("New key").click();
    await field("Name").fill("My Key");
    await dialog().getByText("Expected string matching ^[a-z_][a-z0-9_]+$", { exact: false }).waitFor();
    await field("Name").fill("worker");
    await field("Kind").selectOption("secret");
    await confirm("Create key");
    await said("Created the key worker");
    await button("Edit worker (secret)").click();
    await field("Name").fill("nightly");
    await field("Description").fill("For the nightly job");
    await confirm("Save key");
    await row("For the nightly job").waitFor();
    await button("Delete nightly (secret)").click();
    await field("Somebody else may know it").check();
    await confirm("Delete key");
    await said("Deleted the key nightly");
    await row("nightly").waitFor({ state: "detached" });
  });

  it("that are legacy are disabled, and signing keys are rotated", async (t) => {
    const { button, confirm, said, row, page } = await openPage(t, of("api-keys"));
    await button("Disable legacy keys").click();
    await confirm("Disable legacy keys");
    await button("Enable legacy keys").waitFor();
    await button("Use the JWT secret").click();
    await confirm("Use the JWT secret");
    await row("HS256").getByText("in_use").waitFor();
    await button("New signing key").click();
    await confirm("Create signing key");
    await row("ES256").getByText("standby").waitFor();
    await row("ES256")
      .getByRole("button", { name: /^Put in use/ })
      .click();
    await page.locator("dialog").getByRole("button", { name: "Put in use" }).click();
    await said("is in use now");
    await row("HS256").getByText("previously_used").waitFor();
  });
});

describe("the branches of a project", { skip }, () => {
  it("are created, followed until they are up, and opened as projects", async (t) => {
    const view = await openPage(t, of("branches"));
    const { button, field, confirm, said, row, page, link } = view;
    await button("New branch").click();
    await field("Name").fill("feature");
    await confirm("Create branch");
    await said("The branch feature is up");
    await row("main").getByText("default").waitFor();
    await button("Diff: feature").click();
    await page.getByText("Nothing: their databases are alike.").waitFor();
    await button("Close").click();
    await button("Push: feature").click();
    await confirm("Push");
    await said("feature has the changes of the project");
    await button("Delete later: feature").click();
    await confirm("Schedule the deletion");
    await row("deletion scheduled").waitFor();
    await button("Keep it: feature").click();
    await confirm("Keep branch");
    await said("feature stays");
    await link("feature").click();
    await page.getByRole("heading", { level: 2, name: "feature" }).waitFor();
  });

  it("are renamed and deleted", async (t) => {
    const { button, field, confirm, said, row } = await openPage(t, of("branches"));
    await button("New branch").click();
    await field("Name").fill("feature");
    await confirm("Create branch");
    await button("Edit: feature").click();
    await field("Name").fill("other");
    await confirm("Save branch");
    await said("Changed the branch other");
    await button("Delete: other").click();
    await confirm("Delete branch");
    await row("other").waitFor({ state: "detached" });
  });
});
