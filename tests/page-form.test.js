// What the page makes of the table without a browser: forms, arguments, requests, code, changes of settings.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { readCatalog } from "../www/catalog/catalog.mjs";
import { javascriptOf } from "../www/page/copy/javascript.js";
import { codeOf, methodOf } from "../www/page/code.js";
import { check } from "../www/page/calls.js";
import { grouped, riskOf, search } from "../www/page/explorer.js";
import { argumentsOf, emptyValues, placeOf, sampleValues, unfinishedPart } from "../www/page/form/arguments.js";
import { masked } from "../www/page/form/masked.js";
import { pathOf, stepsOf } from "../www/page/form/path.js";
import {
  emptyOf,
  fits,
  jsonOf,
  numberOf,
  Unfinished,
  unfinishedIn,
  withField,
  without,
} from "../www/page/form/value.js";
import { requestOf } from "../www/page/request.js";

const operations = readCatalog();
const operationOf = (id) => operations.find((one) => one.id === id);
const ref = "hqvkzumdtlrwaxbeogcy";
const known = { ref, branch_id_or_ref: ref, slug: "acme" };
const sampleArguments = (operation) => argumentsOf(operation, sampleValues(operation, known));

describe("every operation of the table", () => {
  it("has a form whose example the client accepts, and a request that is sent to its route", async () => {
    const sent = new Set();
    for (const operation of operations) {
      const args = sampleArguments(operation);
      const { request, error } = await requestOf(operation.id, args);
      assert.equal(error, undefined, operation.id);
      assert.equal(await check(operation.id, args), undefined, operation.id);
      const pattern = operation.route.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+");
      assert.match(request.url, new RegExp(`^${pattern}(\\?|$)`), operation.id);
      assert.equal(request.method, operation.verb, operation.id);
      sent.add(operation.id);
    }
    assert.equal(sent.size, operations.length);
    assert.equal(
      sent.size,
      220,
      "the table has another number of endpoints: change this number, and look at the explorer",
    );
  });

  it("can be sent to the sandbox, which knows each route", async () => {
    const reason = "there is no Postgres in this test";
    const postgres = () => Promise.reject(new Error(reason));
    for (const operation of operations.filter(({ answer }) => answer !== "url")) {
      const { fetch } = createSandbox({ postgres });
      const client = new SupabaseManagement({ fetch, accessToken: "sbp_any", maxRetries: 0 });
      const outcome = await methodOf(
        client,
        operation.id,
      )(...sampleArguments(operation)).then(
        () => undefined,
        (error) => error,
      );
      // Without its database a project answers nothing, which costs this test no time.
      if (outcome === undefined || outcome.message.includes(reason)) continue;
      // The example names things that are not there; that the API says so shows that it understood the call.
      assert.equal(outcome.name, "ApiError", `${operation.id}: ${outcome.stack}`);
      assert.ok(outcome.status < 500, `${operation.id}: ${outcome.message}`);
    }
  });

  it("stands in one group of the explorer, and is found by its id", () => {
    const shown = grouped(operations).flatMap((group) => group.operations);
    assert.deepEqual(shown.map(({ id }) => id).sort(), operations.map(({ id }) => id).sort());
    for (const operation of operations) assert.ok(search(operations, operation.id).includes(operation), operation.id);
    assert.deepEqual(
      search(operations, "DELETE secrets").map(({ id }) => id),
      ["secrets.delete"],
    );
    assert.deepEqual(search(operations, "no such endpoint at all"), []);
  });

  it("asks before it deletes, stops or costs something", () => {
    for (const operation of operations.filter(({ verb }) => verb === "DELETE"))
      assert.ok(riskOf(operation), operation.id);
    for (const operation of operations.filter(({ verb }) => verb === "GET"))
      assert.equal(riskOf(operation), undefined, operation.id);
    for (const id of [
      "projects.create",
      "projects.pause",
      "branches.create",
      "disk.update",
      "database.updatePostgresConfig",
    ])
      assert.ok(riskOf(operationOf(id)), id);
  });
});

describe("the values of a form", () => {
  const type = operationOf("auth.updateConfig").bodyType;

  it("tell absent, null and a value apart", async () => {
    const empty = emptyValues(operationOf("auth.updateConfig"), known);
    assert.deepEqual(argumentsOf(operationOf("auth.updateConfig"), empty), [ref, {}]);
    const cleared = withField(type, empty.body, "smtp_host", null);
    const { request } = await requestOf("auth.updateConfig", [ref, cleared]);
    assert.equal(request.body, '{"smtp_host":null}');
    assert.deepEqual(without(cleared, "smtp_host"), {});
  });

  it("stand in the order of the type, and change nothing else", () => {
    const before = { site_url: "a", smtp_host: "b" };
    const after = withField(type, before, "disable_signup", true);
    assert.deepEqual(Object.keys(after), ["site_url", "disable_signup", "smtp_host"]);
    assert.deepEqual(before, { site_url: "a", smtp_host: "b" });
  });

  it("hold what is no value yet, and say where it is", () => {
    const unfinished = numberOf("1e", { type: "integer" });
    assert.ok(unfinished instanceof Unfinished);
    assert.deepEqual(unfinishedIn({ a: [{ b: unfinished }] }), { path: ["a", 0, "b"], problem: "This is no number." });
    assert.equal(unfinishedIn({ a: null, b: [1, "x"], c: new Blob(["x"]) }), undefined);
    assert.deepEqual(unfinishedPart({ body: {}, query: { limit: unfinished } }).part, "query");
    assert.ok(numberOf("1.5", { type: "integer" }) instanceof Unfinished);
    assert.equal(numberOf("1.5", { type: "number" }), 1.5);
    assert.deepEqual(jsonOf('{"a": null}'), { a: null });
    assert.ok(jsonOf("{") instanceof Unfinished);
  });

  it("have the kind of each type from the beginning", () => {
    const seen = new Set();
    const visit = (one) => {
      seen.add(one.type);
      assert.ok(fits(one, emptyOf(one)), JSON.stringify(one));
      for (const inner of one.fields ?? one.members ?? []) visit(inner.type);
      for (const inner of [one.item, one.value, ...(one.types ?? [])].filter(Boolean)) visit(inner);
    };
    for (const { bodyType, query } of operations) for (const one of [bodyType, query].filter(Boolean)) visit(one);
    const kinds = ["any", "array", "boolean", "integer", "map", "number", "object", "string", "tagged", "union"];
    assert.deepEqual([...seen].sort(), kinds);
  });

  it("get an error of the client at the field that it names", async () => {
    const place = async (id, args) => {
      const error = await check(id, args);
      const { part, steps } = placeOf(operationOf(id), error.path);
      return [part, ...steps];
    };
    assert.deepEqual(await place("projects.get", ["short"]), ["path", "ref"]);
    assert.deepEqual(await place("secrets.create", [ref, [{ name: "SUPABASE_X", value: "1" }]]), ["body", 0, "name"]);
    assert.deepEqual(await place("organizations.listProjects", ["acme", { limit: 0 }]), ["query", "limit"]);
    assert.deepEqual(await place("oauth.authorizeUrl", [{}]), ["query", "client_id"]);
    assert.deepEqual(await place("database.query", [ref, { query: 1 }]), ["body", "query"]);
    const disk = { attributes: { type: "gp3", size_gb: 8 } };
    assert.deepEqual(await place("disk.update", [ref, disk]), ["body", "attributes", "iops"]);
  });

  it("read and write paths as the client writes them", () => {
    for (const text of ["name", "a.b", "[3].status", "a[0].b", 'a["odd key"].c'])
      assert.equal(pathOf(stepsOf(text)), text);
  });
});

describe("secrets", () => {
  it("are masked in everything that is shown or copied", () => {
    const values = sampleValues(operationOf("projects.create"), known);
    const body = masked(operationOf("projects.create").bodyType, { ...values.body, db_pass: "correct horse" });
    assert.ok(!javascriptOf(operationOf("projects.create"), [body]).includes("correct horse"));
    const branch = { branch_name: "x", secrets: { A: "correct horse" } };
    assert.deepEqual(masked(operationOf("branches.create").bodyType, branch).secrets, { A: "…" });
    const list = masked(operationOf("secrets.create").bodyType, [{ name: "A", value: "correct horse" }]);
    assert.deepEqual(list, [{ name: "A", value: "…" }]);
  });

  it("are not in the list of calls either", () => {
    const fill = (type, secret) => {
      if (type.type === "string") return secret ? "correct horse" : "plain";
      if (type.fields)
        return Object.fromEntries(type.fields.map((field) => [field.name, fill(field.type, secret || field.secret)]));
      if (type.type === "array") return [fill(type.item, secret)];
      if (type.type === "map") return { name: fill(type.value, secret) };
      if (type.type === "tagged") return type.members.map((member) => fill(member.type, secret));
      return secret ? "correct horse" : 1;
    };
    for (const { id, path, route } of operations) {
      const args = path.map(({ name }) => (name === "token" ? "correct horse" : "plain"));
      assert.ok(!codeOf(id, args, route).includes("correct horse"), id);
    }
    for (const { id, bodyType, query } of operations) {
      const code = codeOf(
        id,
        [bodyType, query].filter(Boolean).map((type) => fill(type, false)),
      );
      assert.ok(!code.includes("correct horse"), `${id}: ${code}`);
    }
  });

  it("do not get into a request that is shown by way of its headers", async () => {
    const { request } = await requestOf("projects.list", []);
    assert.equal(request.headers.authorization, "Bearer $SUPABASE_ACCESS_TOKEN");
    const form = {
      grant_type: "authorization_code",
      client_id: "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d",
      client_secret: "correct horse",
    };
    const token = await requestOf("oauth.token", [form]);
    assert.ok(!JSON.stringify(token.request.headers).includes("correct horse"));
  });
});
