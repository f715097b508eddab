// The catalog that page and documentation are made of: complete, and the same as what the client itself works with.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { makeCatalog } from "../www/catalog/catalog.mjs";
import { tableRows } from "./endpoints.mjs";

/** All fields within a type, with the way to each. */
function* fieldsOf(type, way) {
  if (!type) return;
  for (const field of type.fields ?? []) {
    yield { ...field, way: `${way}.${field.name}` };
    yield* fieldsOf(field.type, `${way}.${field.name}`);
  }
  yield* fieldsOf(type.item, `${way}[]`);
  yield* fieldsOf(type.value, `${way}.*`);
  for (const { value, type: member } of type.members ?? []) yield* fieldsOf(member, `${way}(${value})`);
  for (const one of type.types ?? []) yield* fieldsOf(one, way);
}

describe("the catalog", () => {
  let operations;
  before(async () => (operations = await makeCatalog()));
  const operation = (id) => operations.find((one) => one.id === id);

  it("has every operation of the table, with the same route and arguments", async () => {
    const rows = await tableRows();
    assert.deepEqual(
      operations.map(({ id, verb, route, path, body, query }) => ({
        id,
        verb,
        path: route,
        pathValues: path.length,
        hasBody: body !== "none",
        hasQuery: query !== undefined,
      })),
      rows,
    );
  });

  it("says of every operation what it does, and of every path value what it is", () => {
    const silent = operations.flatMap(({ id, summary, path }) => [
      ...(summary ? [] : [id]),
      ...path.filter(({ about }) => !about).map(({ name }) => `${id}: ${name}`),
    ]);
    assert.deepEqual(silent, []);
  });

  it("says of every field what it is", () => {
    const all = operations.flatMap(({ id, query, bodyType, answerType }) => [
      ...fieldsOf(query, `${id} query`),
      ...fieldsOf(bodyType, `${id} body`),
      ...fieldsOf(answerType, `${id} answer`),
    ]);
    // What wraps the value is described with the type of the argument: `Multipart<T>`.
    const wrapper = /^functions\.deploy body\.(?:metadata|file|file\[\]\.path)$/;
    const silent = all.filter(({ about, way }) => !about && !wrapper.test(way)).map(({ way }) => way);
    assert.ok(all.length > 3_000, `${all.length} fields`);
    assert.deepEqual(silent, []);
  });

  it("tells limits, secrets, what must be there and what may be null", () => {
    const { bodyType } = operation("projects.create");
    const field = (name) => bodyType.fields.find((one) => one.name === name);
    assert.deepEqual(field("name").type, { type: "string", maxLength: 256 });
    assert.equal(field("name").required, true);
    assert.equal(field("db_pass").secret, true);
    const [jwtExp] = operation("auth.updateConfig").bodyType.fields.filter(({ name }) => name === "jwt_exp");
    assert.deepEqual(jwtExp.type, { type: "integer", minimum: 0, maximum: 604_800 });
    assert.equal(jwtExp.nullable, true);
    const { query } = operation("organizations.listProjects");
    assert.ok(query.fields.some(({ type }) => type.maximum !== undefined));
  });

  it("leaves out what the texts repeat of the data", () => {
    const repeated = operations.filter(({ about }) => /^Calls `/m.test(about)).map(({ id }) => id);
    assert.deepEqual(repeated, []);
  });
});
