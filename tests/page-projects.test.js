// Projects and organizations on the page, in a browser: what there is, new ones, and who belongs to them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { narrow, openPage, skip } from "./page/harness.js";

const create = async ({ button, field, confirm }, name) => {
  await button("New project").click();
  await field("Name").fill(name);
  await button("Generate a password").click();
  await confirm("Create project");
};

describe("the first view", { skip }, () => {
  it("creates a project, and shows what it is at until it is up", async (t) => {
    const view = await openPage(t);
    const { page, row, said, dialog } = view;
    await create(view, "acme-shop");
    await dialog().waitFor({ state: "detached" });
    const progress = page.getByRole("region", { name: "acme-shop comes up" });
    await progress.getByText("COMING_UP").waitFor();
    await said("acme-shop is up");
    await row("acme-shop").getByText("ACTIVE_HEALTHY").waitFor();
    const [sent] = (await view.calls()).filter(({ code }) => code.includes("projects.create"));
    assert.match(sent.code, /db_pass: "…"/, "the password is not among the calls");
    await progress.getByRole("button", { name: "Dismiss" }).click();
    await progress.waitFor({ state: "detached" });
  });

  it("stops waiting on request, and says that the server goes on", async (t) => {
    const view = await openPage(t, { query: "?startupMs=3000" });
    await create(view, "slow-shop");
    await view.button("Stop waiting").click();
    await view.page.getByText("The server goes on with the work.").waitFor();
    await view.row("slow-shop").getByText("ACTIVE_HEALTHY").waitFor();
  });

  it("says at the field, while somebody types, what the client would refuse", async (t) => {
    const { button, field, dialog, call, page } = await openPage(t);
    await button("New project").click();
    await field("Name").fill("a".repeat(257));
    await dialog().getByText("Expected at most 256 characters, received a string of 257 characters.").waitFor();
    assert.equal(await field("Name").getAttribute("aria-invalid"), "true");
    await field("Name").fill("acme");
    await page.waitForFunction(() => !document.querySelector('dialog [aria-invalid="true"]'));
    await assert.rejects(call("await client.projects.create({})"), "nothing was sent");
  });

  it("says how strong a password is, and makes one", async (t) => {
    const { button, field, dialog } = await openPage(t);
    await button("New project").click();
    await field("Database password").fill("hunter2");
    await dialog().getByText("weak", { exact: true }).waitFor();
    await button("Generate a password").click();
    await dialog().getByText("strong", { exact: true }).waitFor();
    assert.match(await field("Database password").inputValue(), /^[\w\-.~]{24}$/);
  });

  it("offers the regions of the organization, with the recommended one chosen", async (t) => {
    const { button, field, page } = await openPage(t);
    await button("New project").click();
    // A list of regions is there at once; the one of the organization comes with the answer of the API.
    const chosen = (region) =>
      page.waitForFunction(
        (wanted) => [...document.querySelectorAll("dialog select")].some(({ value }) => value === wanted),
        region,
      );
    await chosen("smartGroup americas");
    await field("Region").selectOption("smartGroup apac");
    await field("Name").fill("acme");
    await chosen("smartGroup apac");
  });

  it("has a filter where there are many projects", async (t) => {
    const view = await openPage(t);
    for (const name of ["one", "two"]) {
      await create(view, name);
      await view.row(name).waitFor();
    }
    await view.field("Filter by name or reference").fill("storefront");
    await view.page.getByText("2 of 5 projects").waitFor();
    await view.row("field-notes").waitFor({ state: "detached" });
  });

  it("creates an organization", async (t) => {
    const { button, field, confirm, said, link } = await openPage(t);
    await button("New organization").click();
    await field("Name").fill("Acme");
    await confirm("Create organization");
    await said("Created the organization Acme");
    await link("Acme").click();
  });
});

describe("an organization", { skip }, () => {
  const hash = "/organizations/tidewater-labs";

  it("shows its plan, members, projects, repositories, and what the plan includes", async (t) => {
    const { page, row } = await openPage(t, { hash });
    await page.getByRole("heading", { level: 2, name: "Tidewater Labs" }).waitFor();
    await page.locator(".facts").getByText("pro", { exact: true }).waitFor();
    await row("mara@tidewater.example").getByText("Developer").waitFor();
    await page.getByText("1 to 2 of 2").or(page.getByText("1 to 3 of 3")).waitFor();
    await row("tidewater-labs/storefront").waitFor();
    await page.getByLabel("Filter by feature").fill("max_file_size");
    await row("storage.max_file_size").getByText("500 GiB").waitFor();
  });

  it("changes the role of a member, and invites somebody", async (t) => {
    const { button, field, confirm, said, row, dialog } = await openPage(t, { hash });
    await button("Change role of mara-lindqvist").click();
    await field("Role").selectOption("administrator");
    await confirm("Change role");
    await said("mara-lindqvist is administrator now");
    await row("mara-lindqvist").getByText("Administrator").waitFor();
    await button("Invite").click();
    await field("Email").fill("nobody");
    await dialog().getByText("Expected string matching email", { exact: false }).waitFor();
    await field("Email").fill("new@tidewater.example");
    await confirm("Send invitation");
    await said("Invited new@tidewater.example as developer");
  });

  it("searches its projects, page by page", async (t) => {
    const { page, row, button } = await openPage(t, { hash });
    await page.getByLabel("Search", { exact: true }).fill("staging");
    await button("Search").click();
    await page.getByText("1 to 1 of 1").waitFor();
    await row("storefront-staging").waitFor();
    assert.equal(await button("Next page").isDisabled(), true);
  });

  it("says when a token of a project is none", async (t) => {
    const { button, field, confirm, dialog } = await openPage(t, { hash, expected: /404/ });
    await button("Claim a project").click();
    await field("Token").fill("nothing");
    await confirm("Look at it");
    await dialog().getByRole("alert").waitFor();
  });

  it("fits a phone", async (t) => {
    const { page } = await openPage(t, { hash, width: narrow });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  });
});
