// The life of a project, its backups, advisors and secrets, in a browser.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { narrow, openPage, refs, skip } from "./page/harness.js";

const { storefront, notes } = refs;
const of = (view = "", ref = storefront) => ({ hash: `/projects/${ref}${view && `/${view}`}` });

describe("the overview of a project", { skip }, () => {
  it("shows the health of each service, and pauses and restores the project", async (t) => {
    const { row, button, confirm, said, page } = await openPage(t, of());
    await row("Data API").getByText("ACTIVE_HEALTHY").waitFor();
    await button("Pause").click();
    await confirm("Pause project");
    await page.getByRole("region", { name: "storefront is being paused" }).waitFor();
    await said("storefront is paused");
    await row("Connection pooler").getByText("the project is INACTIVE").waitFor();
    await button("Restore").click();
    await confirm("Restore project");
    await said("storefront is up again");
    await row("Connection pooler").getByText("ACTIVE_HEALTHY").waitFor();
  });

  it("offers of a paused project only what it allows", async (t) => {
    const { button } = await openPage(t, of("", notes));
    assert.equal(await button("Restart").isDisabled(), true);
    assert.equal(await button("Restore").isEnabled(), true);
    assert.equal(await button("Pause").count(), 0);
  });

  it("upgrades Postgres, and then there is nothing to upgrade to", async (t) => {
    const { button, confirm, said, page } = await openPage(t, of());
    await button("Upgrade to Postgres 17.6.1.111").click();
    await confirm("Start the upgrade");
    await said("storefront runs Postgres 17.6.1.111");
    await page.getByText("This is the newest version.").waitFor();
  });

  it("changes the size of the instance and an add-on", async (t) => {
    const { button, confirm, said, row, page } = await openPage(t, of());
    await page.getByLabel("Compute Instance: what it becomes").selectOption("ci_small");
    await button("Change Compute Instance").click();
    await confirm("Change it");
    await said("storefront is Small");
    await page.getByLabel("IPv4: what it becomes").selectOption({ index: 1 });
    await button("Change IPv4").click();
    await confirm("Change it");
    await row("IPv4").locator('[data-kind="good"]').waitFor();
  });

  it("renames the project, and deletes it only for who types its name", async (t) => {
    const { button, confirm, said, field, dialog, page } = await openPage(t, of());
    await button("Rename").click();
    await field("Name").fill("shop");
    await confirm("Rename project");
    await said("Renamed storefront to shop");
    await button("Delete").click();
    await field("Type “shop” to confirm").fill("storefront");
    await confirm("Delete project");
    await dialog().getByText("This is not the name. Type shop.").waitFor();
    await field("Type “shop” to confirm").fill("shop");
    await confirm("Delete project");
    await said("Deleted the project shop");
    assert.equal(new URL(page.url()).hash, "#/");
    await page.locator("main tr", { hasText: "shop" }).waitFor({ state: "detached" });
  });
});

describe("the backups of a project", { skip }, () => {
  it("are on a line of time, the latest first, and one is restored", async (t) => {
    const { page, confirm, said } = await openPage(t, of("backups"));
    const times = await page.locator(".time-line time").evaluateAll((all) => all.map((one) => one.dateTime));
    assert.equal(times.length, 7);
    assert.deepEqual(times, [...times].sort().reverse());
    await page
      .getByRole("button", { name: /^Restore: Daily backup/ })
      .first()
      .click();
    await confirm("Restore");
    await said("storefront is as it was on");
  });

  it("have restore points to go back to", async (t) => {
    const { page, button, field, confirm, said } = await openPage(t, of("backups"));
    await button("New restore point").click();
    await field("Name").fill("before");
    await confirm("Create restore point");
    await said("The restore point before is available");
    await page.getByRole("button", { name: /^Restore: Restore point before/ }).click();
    await confirm("Restore");
    await said("storefront is as it was on");
    assert.ok(await button("Restore to a time").isDisabled(), "the point-in-time recovery is off");
  });
});

describe("the advisors of a project", { skip }, () => {
  it("say what is wrong, where, and lead to a statement", async (t) => {
    const { page, button, said } = await openPage(t, of("advisors"));
    const finding = page.locator(".findings li", { hasText: "public.orders" });
    await finding.waitFor({ timeout: 30_000 });
    const href = await finding.getByRole("link", { name: /^Open the statement/ }).getAttribute("href");
    const [path, query] = href.split("?");
    assert.equal(path, `#/projects/${storefront}/sql`);
    assert.match(new URLSearchParams(query).get("statement"), /create policy "own rows" on "public"."orders"/);
    assert.deepEqual(await page.locator(".findings h4").allInnerTexts(), ["Warnings (1)", "Hints (2)"]);
    await button("Check again").click();
    await said("The advisors have looked again");
  });
});

describe("the secrets of a project", { skip }, () => {
  it("are pasted as a .env file, and those that are not in it are removed on request", async (t) => {
    const { button, field, confirm, said, row, dialog, traces } = await openPage(t, of("secrets"));
    await button("Paste several").click();
    await field("Lines NAME=value").fill("# mail\nexport MAIL_FROM='a@b.example'\nSUPABASE_X=1\n");
    await dialog().getByText("SUPABASE_X: Expected string matching", { exact: false }).waitFor();
    await field("Lines NAME=value").fill("# mail\nexport MAIL_FROM='a@b.example'\nAPI_TOKEN=hush-hush\n");
    await dialog().getByText("New: API_TOKEN").waitFor();
    await dialog().getByText("With a new value: MAIL_FROM").waitFor();
    await field("Delete the secrets that are not in the text").check();
    await confirm("Set the secrets");
    await said("Set 2 secrets, deleted 2");
    await row("API_TOKEN").waitFor();
    await row("STRIPE_SECRET_KEY").waitFor({ state: "detached" });
    assert.doesNotMatch(await traces(), /hush-hush/, "no value is left in the page");
  });
});

it("fits a phone in each of these views", { skip }, async (t) => {
  const { page, go } = await openPage(t, { ...of(), width: narrow });
  for (const view of ["", "/api-keys", "/branches", "/backups", "/secrets"]) {
    await go(`/projects/${storefront}${view}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, view);
  }
});
