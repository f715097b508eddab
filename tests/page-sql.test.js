// The SQL console of the page: what its rules are, and what somebody sees who uses it in a browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { isApiError, SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { catalogStatement, schemasOf, selectOf } from "../www/page/sql/catalog.js";
import { readSqlError } from "../www/page/sql/place.js";
import { remember, sessionOf } from "../www/page/sql/session.js";
import { columnKind, columnsOf, csvOf, kindOf } from "../www/page/sql/values.js";
import { openPage, refs, skip } from "./page/harness.js";

const view = `/projects/${refs.storefront}/sql`;

describe("errors of SQL", () => {
  const words = (line, shown, caret) =>
    `Failed to run sql query: ERROR:  42601: syntax error at or near "fom"\nLINE ${line}: ${shown}\n${" ".repeat(caret)}^\n`;

  it("have a code, a message and a place", () => {
    const statement = "select 1;\nselect * fom orders";
    const found = readSqlError(words(2, "select * fom orders", 17), statement);
    assert.deepEqual([found.code, found.message], ["42601", 'syntax error at or near "fom"']);
    const { line, column, start, end } = found.place;
    assert.deepEqual([line, column, statement.slice(start, end)], [2, 10, "fom"]);
  });

  it("count characters as Postgres does, and units as a text area does", () => {
    const statement = "select '🎈🎈', fom";
    const { place } = readSqlError(words(1, statement, "LINE 1: ".length + 13), statement);
    assert.equal(statement.slice(place.start, place.end), "fom");
  });

  it("are found in a long line, of which only a part is shown", () => {
    const statement = `select ${"a, ".repeat(40)}fom from t`;
    const shown = "...a, a, fom from t";
    const { place } = readSqlError(words(1, shown, "LINE 1: ".length + 9), statement);
    assert.equal(statement.slice(place.start, place.end), "fom");
  });

  it("need no place, and are told from other errors", () => {
    const found = readSqlError("ERROR:  25006: cannot execute\nHINT:  Look again.\n", "create table x()");
    assert.deepEqual([found.code, found.place, found.hint], ["25006", undefined, "Look again."]);
    assert.equal(readSqlError("Unauthorized", "select 1"), undefined);
    assert.equal(readSqlError(words(7, "select", 3), "select").place, undefined);
  });
});

describe("rows", () => {
  const rows = [
    { a: 1, b: null, c: "" },
    { a: "x,y", b: 'say "hi"', c: [1], d: true },
  ];

  it("are CSV in which null and an empty text are told apart", () => {
    assert.equal(csvOf(rows), 'a,b,c,d\r\n1,,"",\r\n"x,y","say ""hi""",[1],true\r\n');
  });

  it("have columns of a kind", () => {
    assert.deepEqual(columnsOf(rows), ["a", "b", "c", "d"]);
    assert.deepEqual(
      ["a", "b", "c", "d"].map((name) => columnKind(rows, name)),
      ["mixed", "string", "mixed", "boolean"],
    );
    assert.equal(columnKind([{ a: null }], "a"), "null");
    assert.equal(kindOf({}), "json");
  });
});

describe("what is remembered of the console", () => {
  it("is the latest run of every statement, for each project of each connection", () => {
    const [one, other] = [{}, {}];
    for (const statement of ["select 1", "select 2", "select 1"]) remember(sessionOf(one, "a"), { statement });
    assert.deepEqual(
      sessionOf(one, "a").runs.map(({ statement }) => statement),
      ["select 1", "select 2"],
    );
    assert.deepEqual([sessionOf(one, "b").runs, sessionOf(other, "a").runs], [[], []]);
  });
});

describe("the browser of tables", () => {
  it("finds tables, views and enums, whatever their names are", async () => {
    const sandbox = createSandbox();
    const client = new SupabaseManagement({ fetch: sandbox.fetch, accessToken: "sbp_any" });
    const query = (text) => client.database.queryReadOnly(refs.storefront, { query: text });
    await client.database.query(refs.storefront, {
      query: `create table public."order" (id int primary key); create view public.v as select 1 as one;
        create type public."My mood" as enum ('sad', 'glad');`,
    });
    const [schema] = schemasOf(await query(catalogStatement));
    assert.equal(schema.name, "public");
    const named = (name) => schema.items.find((item) => item.name === name);
    assert.equal(selectOf(named("order")), 'select * from public."order" limit 100;');
    assert.deepEqual(named("order").columns, [{ name: "id", type: "integer", required: true, key: true }]);
    assert.equal(named("v").kind, "view");
    for (const item of schema.items) await query(selectOf(item));
    assert.deepEqual(
      (await query(selectOf(named("My mood")))).map(({ value }) => value),
      ["sad", "glad"],
    );
    const failed = await client.database.query(refs.storefront, { query: "select 1;\nselect * fom t" }).catch((e) => e);
    assert.ok(isApiError(failed), String(failed));
    assert.equal(readSqlError(failed.body.message, "select 1;\nselect * fom t").place.word, "fom");
    await sandbox.close();
  });
});

describe("the SQL console", { skip }, () => {
  it("runs statements, tells nulls, and puts the caret to the place of an error", async (t) => {
    const { page, button, field, call, go } = await openPage(t, { hash: view });
    page.setDefaultTimeout(30_000);
    const run = async (statement) => {
      await field("Statement").fill(statement);
      await page.keyboard.press("Control+Enter");
    };
    await run("select 9007199254740993 as large, null as nothing, '' as empty");
    const cells = page.locator(".sql-output td");
    await cells.first().waitFor();
    assert.deepEqual(await cells.allTextContents(), ["9007199254740993", "null", ""]);
    assert.equal(await cells.nth(1).getAttribute("data-kind"), "null");
    await page.getByText(/^1 row in \d/).waitFor();

    await run("select *\nfrom public.ordres");
    await page.locator(".sql-fault mark", { hasText: "public.ordres" }).waitFor();
    const selected = () =>
      field("Statement").evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
    assert.equal(await selected(), "public.ordres");
    await page.locator("h2").first().click();
    await button("Go to line 2, column 6").click();
    assert.equal(await selected(), "public.ordres");
    assert.equal(await page.evaluate(() => document.activeElement.name), "query");

    await page.getByLabel("Read only").check();
    await run("create table public.forbidden ()");
    await page.locator(".sql-fault", { hasText: "cannot execute CREATE TABLE in a read-only" }).waitFor();
    const [, route] = await call(
      `await client.database.queryReadOnly("${refs.storefront}", { query: "create table public.forbidden ()" }, { bigint: "string" })`,
    );
    assert.equal(route, "/v1/projects/{ref}/database/query/read-only");

    await page.getByText("Tables", { exact: true }).click();
    await page.locator(".drawer").getByRole("button", { name: "orders", exact: true }).click();
    assert.equal(await field("Statement").inputValue(), "select * from public.orders limit 100;");
    await page.getByText("History", { exact: true }).click();
    await page.locator(".drawer li button code", { hasText: "forbidden" }).waitFor();

    await go(`${view}?show=types`);
    const saving = page.waitForEvent("download");
    await button("Download database.types.ts").click();
    const types = readFileSync(await (await saving).path(), "utf8");
    assert.match(types, /export type Database = \{[\s\S]*orders: \{/);
  });

  it("begins with the statement of the address, and opens saved queries", async (t) => {
    const { page, field, button, go } = await openPage(t, { hash: `${view}?statement=select+42+as+answer` });
    assert.equal(await field("Statement").inputValue(), "select 42 as answer");
    await go(`${view}?statement=${encodeURIComponent("select 'a?b' as x")}`);
    assert.equal(await field("Statement").inputValue(), "select 'a?b' as x");
    await page.getByText("Saved queries", { exact: true }).click();
    await button("Best customers").click();
    await page.waitForFunction(() => document.querySelector("textarea").value.startsWith("select customer"));
    await page.getByText("The API reads saved queries and does not write them").waitFor();
  });
});
