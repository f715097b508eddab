// The settings of a project: which there are, what of them is sent, and how somebody changes one in the page.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readCatalog } from "../www/catalog/catalog.mjs";
import { changesOf, differences, equal } from "../www/page/form/diff.js";
import { configurations, groupedFields } from "../www/page/form/settings.js";
import { openPage, refs, skip } from "./page/harness.js";

const operations = readCatalog();
const operationOf = (id) => operations.find((one) => one.id === id);

describe("the settings of a project", () => {
  const all = configurations(operations);

  it("are these pairs of a read and a write", () => {
    assert.deepEqual(
      all.map(({ read, write }) => `${read.id} ${write.id}`),
      [
        "projects.get projects.update",
        "apiKeys.getLegacy apiKeys.updateLegacy",
        "database.getPostgresConfig database.updatePostgresConfig",
        "database.getPoolerConfig database.updatePoolerConfig",
        "pgsodium.getConfig pgsodium.updateConfig",
        "sslEnforcement.get sslEnforcement.update",
        "networkRestrictions.get networkRestrictions.apply",
        "backups.getSchedule backups.updateSchedule",
        "jitAccess.get jitAccess.update",
        "jitAccess.getConfig jitAccess.updateConfig",
        "disk.get disk.update",
        "auth.getConfig auth.updateConfig",
        "storage.getConfig storage.updateConfig",
        "realtime.getConfig realtime.updateConfig",
        "postgrest.getConfig postgrest.updateConfig",
      ],
    );
    assert.equal(new Set(all.map(({ title }) => title)).size, all.length);
  });

  it("leave out no update of a route that is also read", () => {
    const found = new Set(all.map(({ write }) => write.id));
    const updates = operations.filter(({ id, verb, route, path }) => {
      if (verb === "GET" || path.length !== 1 || path[0].name !== "ref" || !/\.update/.test(id)) return false;
      return operations.some((one) => one.verb === "GET" && one.route === route && /\.get/.test(one.id));
    });
    const others = updates.map(({ id }) => id).filter((id) => !found.has(id));
    assert.deepEqual(others, ["networkRestrictions.update"], "it adds and removes; `apply` writes what is read");
  });

  it("stand in groups, each field in one of them", () => {
    const { fields } = operationOf("auth.updateConfig").bodyType;
    const groups = groupedFields(fields);
    assert.deepEqual(
      groups
        .flatMap((group) => group.fields)
        .map(({ name }) => name)
        .sort(),
      fields.map(({ name }) => name).sort(),
    );
    assert.ok(groups.length < 50 && groups.every((group) => group.fields.length <= 40), `${groups.length} groups`);
    assert.equal(groupedFields(fields.slice(0, 5)).length, 1);
  });

  it("send what is changed alone, and everything where the write replaces", () => {
    const auth = all.find(({ id }) => id === "auth.updateConfig");
    const before = { site_url: "https://a", smtp_host: "mail", disable_signup: false };
    const after = { site_url: "https://a", smtp_host: null, disable_signup: true };
    assert.deepEqual(changesOf(auth.write, auth.type, before, after), { smtp_host: null, disable_signup: true });
    const postgres = all.find(({ id }) => id === "database.updatePostgresConfig");
    const settings = [
      { max_connections: 60, work_mem: "4MB" },
      { max_connections: 70, work_mem: "4MB" },
    ];
    assert.deepEqual(changesOf(postgres.write, postgres.type, ...settings), settings[1]);
  });

  it("tell old and new, absent and null, and that something is a secret", () => {
    const { type } = all.find(({ id }) => id === "auth.updateConfig");
    const changed = differences(
      type,
      { smtp_host: "mail", jwt_exp: 1 },
      { smtp_host: null, smtp_pass: "x", jwt_exp: 1 },
    );
    assert.deepEqual(changed, [
      { path: "smtp_host", before: "mail", after: null, secret: false },
      { path: "smtp_pass", before: undefined, after: "x", secret: true },
    ]);
    const disk = all.find(({ id }) => id === "disk.update");
    const [gp3, larger] = [8, 16].map((size_gb) => ({ attributes: { type: "gp3", iops: 3_000, size_gb } }));
    assert.deepEqual(differences(disk.type, gp3, larger), [
      { path: "attributes.size_gb", before: 8, after: 16, secret: false },
    ]);
    assert.ok(!equal({ a: undefined }, {}) && equal([{ a: 1 }], [{ a: 1 }]) && !equal([1], { 0: 1 }));
  });
});

describe("a setting in the page", { skip }, () => {
  const viewOf = (part) => `/projects/${refs.storefront}/settings/${part}`;

  it("is changed after its old and its new value were shown, and nothing else is sent", async (t) => {
    const { field, button, dialog, confirm, said, calls } = await openPage(t, {
      hash: viewOf("postgrest.updateConfig"),
    });
    assert.ok(await button("Review changes …").isDisabled());
    await field("max_rows").fill("500");
    await button("Review changes …").click();
    assert.deepEqual(await dialog().locator("tbody tr").allInnerTexts(), ["max_rows\t1000\t500"]);
    await confirm("Send the changes");
    await said("Changed Data API (PostgREST): max_rows");
    const [, sent] = (await calls()).filter(({ code }) => code.includes("postgrest")).reverse();
    assert.equal(sent.code, `await client.postgrest.updateConfig("${refs.storefront}", { max_rows: 500 })`);
    assert.equal(await field("max_rows").inputValue(), "500");
    assert.ok(await button("Review changes …").isDisabled());
  });

  it("says at its field what the client says, and cannot be sent as long as it does", async (t) => {
    const { page, field, button } = await openPage(t, { hash: viewOf("postgrest.updateConfig") });
    await field("max_rows").fill("-1");
    await page
      .getByText(/Expected integer, .* received/)
      .first()
      .waitFor();
    assert.equal(await field("max_rows").getAttribute("aria-invalid"), "true");
    assert.ok(await button("Review changes …").isDisabled());
    await field("max_rows").fill("many");
    await page.locator("small.wrong", { hasText: "This is no number." }).waitFor();
    await button("Undo all").click();
    assert.equal(await field("max_rows").inputValue(), "1000");
    assert.equal(await field("max_rows").getAttribute("aria-invalid"), null);
  });

  it("of 234 is found by its name, can be null, and a secret stays one", async (t) => {
    const { page, field, button, dialog, confirm, said, traces } = await openPage(t, {
      hash: viewOf("auth.updateConfig"),
    });
    const search = page.getByLabel("Search the settings");
    await search.fill("smtp_pass");
    await button("Give a value: smtp_pass").click();
    assert.equal(await field("smtp_pass").getAttribute("type"), "password");
    assert.ok(await field("smtp_pass").evaluate((element) => element === document.activeElement));
    await field("smtp_pass").fill("correct horse");
    await search.fill("smtp_max_frequency");
    await button("Set to null: smtp_max_frequency").click();
    await button("Review changes …").click();
    const rows = await dialog().locator("tbody tr").allInnerTexts();
    assert.deepEqual(rows.map((text) => text.split("\t").at(-1)).sort(), ["null", "…"]);
    assert.ok(!(await dialog().innerHTML()).includes("correct horse"));
    await confirm("Send the changes");
    await said("Changed Auth");
    assert.ok(!(await traces()).includes("correct horse"), "the secret is nowhere in the page");
  });

  it("has a view for every configuration of the table, which all can be read", async (t) => {
    const { page, go } = await openPage(t, { hash: viewOf("auth.updateConfig") });
    for (const { id, title } of configurations(operations)) {
      await go(viewOf(id));
      await page.getByRole("form", { name: title, exact: true }).waitFor();
    }
  });
});
