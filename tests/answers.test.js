// Answers that are not what the description says: what a lenient call takes, what a strict one refuses, what is reported.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isDecodeError, SupabaseManagement } from "../pkg/index.js";
import { deployed, organization, project, ref, rejection, token } from "./support.js";

const { database: _, ...createdProject } = project;
const secret = { name: "A", value: "0f", updated_at: "2026-09-23T00:00:00.000Z" };
const providers = (keys) => ({ items: [{ id: "a", saml: { entity_id: "b", attribute_mapping: { keys } } }] });
const without = (model, key) => Object.fromEntries(Object.entries(model).filter(([name]) => name !== key));

const calls = {
  "organizations.list": [(client) => client.organizations.list(), [organization]],
  "organizations.create": [(client) => client.organizations.create({ name: "A" }), organization],
  "projects.list": [(client) => client.projects.list(), [project, project]],
  "projects.create": [
    (client) => client.projects.create({ name: "A", db_pass: "correct horse", organization_slug: "a" }),
    createdProject,
  ],
  "ssoProviders.list": [(client) => client.ssoProviders.list(ref), { items: [] }],
  "functions.list": [(client) => client.functions.list(ref), [deployed]],
  "functions.get": [(client) => client.functions.get(ref, "a"), deployed],
  "secrets.list": [(client) => client.secrets.list(ref), [secret, secret]],
};

/** Gives an answer to a call, as text or as JSON. */
function answer(name, body, options) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const fetch = async () => new Response(text, { status: options?.status ?? 200 });
  const { status, ...rest } = options ?? {};
  return calls[name][0](new SupabaseManagement({ accessToken: token, fetch, ...rest }));
}

async function reports(name, body, options) {
  const seen = [];
  const value = await answer(name, body, { ...options, onDeviation: (deviation) => seen.push(deviation) });
  return { seen, value };
}

/** Answers that deviate: call, answer, and [path, expected, received] of what makes a strict call fail. */
const wrong = {
  "a required field is missing": [
    "projects.list",
    [project, without(project, "name")],
    ["[1].name", "string", "nothing"],
  ],
  "a required field is null": ["projects.list", [{ ...project, name: null }], ["[0].name", "string", "null"]],
  "a field has another type": ["functions.get", { ...deployed, version: "1" }, ["version", "integer", "string"]],
  "an integer is broken": ["functions.get", { ...deployed, version: 1.5 }, ["version", "integer", "number"]],
  "an optional field has another type": [
    "functions.get",
    { ...deployed, verify_jwt: 1 },
    ["verify_jwt", "boolean", "number"],
  ],
  "an inner field is missing": [
    "projects.list",
    [{ ...project, database: without(project.database, "host") }],
    ["[0].database.host", "string", "nothing"],
  ],
  "an inner object is a list": ["projects.list", [{ ...project, database: [] }], ["[0].database", "object", "array"]],
  "an item is null": ["secrets.list", [secret, null], ["[1]", "object", "null"]],
  "an item of a list in a map is null": [
    "ssoProviders.list",
    providers({ email: { names: ["mail", null] } }),
    ["items[0].saml.attribute_mapping.keys.email.names[1]", "string", "null"],
  ],
  "a value of a map has another type": [
    "ssoProviders.list",
    providers({ email: "mail" }),
    ["items[0].saml.attribute_mapping.keys.email", "object", "string"],
  ],
  "an item is a list": ["organizations.list", [[organization]], ["[0]", "object", "array"]],
  "an open enum is a number": [
    "projects.create",
    { ...createdProject, status: 7 },
    ["status", /^one of "INACTIVE"/, "number"],
  ],
};

/** Answers that deviate, but harm nobody: what is reported of them. */
const harmless = {
  "a field is unknown": [
    "organizations.create",
    { ...organization, plan: "free" },
    ["plan", "a known field", "an unknown field"],
  ],
  "a field with an odd name is unknown": [
    "organizations.list",
    [{ ...organization, 'a "b"': 1 }],
    ['[0]["a \\"b\\""]', "a known field", "an unknown field"],
  ],
  "an enum has a new value": [
    "projects.list",
    [{ ...project, status: "HIBERNATING" }],
    ["[0].status", /^one of "INACTIVE"/, "an unknown value"],
  ],
  "a value of a map is null": [
    "ssoProviders.list",
    providers({ email: { name: "mail" }, phone: null }),
    ["items[0].saml.attribute_mapping.keys.phone", "object", "null"],
  ],
  "a value of a map with an odd key is null": [
    "ssoProviders.list",
    providers({ "a b": null }),
    ['items[0].saml.attribute_mapping.keys["a b"]', "object", "null"],
  ],
  "an optional field is null": ["functions.get", { ...deployed, verify_jwt: null }, ["verify_jwt", "boolean", "null"]],
};

describe("answers that do not fit", () => {
  for (const [name, [call, body, [path, expected, received]]] of Object.entries(wrong)) {
    it(`pass where nobody asks, fail a strict call and are reported: ${name}`, async () => {
      assert.deepEqual(await answer(call, body), body);
      const error = await rejection(answer(call, body, { validation: "strict", status: 203 }));
      assert.ok(isDecodeError(error), String(error));
      assert.deepEqual([error.path, error.received, error.status], [path, received, 203]);
      assert.match(error.expected, expected instanceof RegExp ? expected : new RegExp(`^${expected}$`));
      assert.equal(error.text, JSON.stringify(body));
      assert.deepEqual([error.endpoint, error.attempts], [call, 1]);
      assert.equal(
        error.message,
        `${call} (${error.route}): 203, so the operation itself succeeded, but the answer cannot be used: ` +
          `${path}: expected ${error.expected}, received ${received}`,
      );
      const { seen, value } = await reports(call, body);
      assert.deepEqual(value, body);
      assert.deepEqual(seen, [{ endpoint: call, path, expected: error.expected, received }]);
    });
  }

  for (const [name, [call, body, [path, expected, received]]] of Object.entries(harmless)) {
    it(`pass every call and are only reported: ${name}`, async () => {
      for (const validation of ["lenient", "strict"]) {
        assert.deepEqual(await answer(call, body, { validation }), body);
        const { seen, value } = await reports(call, body, { validation });
        assert.deepEqual(value, body);
        // Null in an optional field counts as absent: that it is reported is not asked for, only that nothing else is.
        if (received === "null" && seen.length === 0) continue;
        assert.equal(seen.length, 1);
        assert.deepEqual([seen[0].endpoint, seen[0].path, seen[0].received], [call, path, received]);
        assert.match(seen[0].expected, expected instanceof RegExp ? expected : new RegExp(`^${expected}`));
      }
    });
  }

  it("are reported one by one, in their order, before a strict call fails with the first that counts", async () => {
    const body = [
      { ...project, extra: 1, name: 7 },
      { ...without(project, "id"), status: "NEW", database: null },
    ];
    const seen = [];
    const onDeviation = ({ path, received }) => seen.push(`${path} ${received}`);
    const error = await rejection(answer("projects.list", body, { validation: "strict", onDeviation }));
    assert.deepEqual(seen.sort(), [
      "[0].extra an unknown field",
      "[0].name number",
      "[1].database null",
      "[1].id nothing",
      "[1].status an unknown value",
    ]);
    assert.deepEqual([error.path, error.received], ["[0].name", "number"]);
  });

  it("never fail for lengths, patterns or formats", async () => {
    const odd = { ...organization, id: "", slug: "a b", name: "x".repeat(1000) };
    assert.deepEqual((await reports("organizations.create", odd, { validation: "strict" })).seen, []);
    const times = [{ ...project, ref: "SHORT", created_at: "yesterday" }];
    assert.deepEqual((await reports("projects.list", times, { validation: "strict" })).seen, []);
  });

  it("do not fail because of a hook that throws, in any way", async () => {
    const hooks = [
      () => {
        throw new Error("its own");
      },
      () => {
        throw undefined;
      },
    ];
    for (const onDeviation of hooks) {
      assert.deepEqual(await answer("organizations.list", [{}], { onDeviation }), [{}]);
      const error = await rejection(answer("organizations.list", [{}], { onDeviation, validation: "strict" }));
      assert.ok(isDecodeError(error), String(error));
    }
  });

  it("are found where keys are written with escapes, and are none where all is right", async () => {
    const text = JSON.stringify([organization]).replace('"name"', '"n\\u0061me"').replace('"slug"', '"\\u0073lug"');
    const { seen, value } = await reports("organizations.list", text, { validation: "strict" });
    assert.deepEqual([seen, value], [[], [organization]]);
    for (const [name, [, body]] of Object.entries(calls)) {
      assert.deepEqual(await reports(name, body, { validation: "strict" }), { seen: [], value: body });
    }
  });
});

describe("answers that cannot be used", () => {
  const unusable = {
    nothing: ["", "nothing"],
    "white space": [" \n", "nothing"],
    "a byte order mark alone": ["\ufeff", "nothing"],
    HTML: ["<!doctype html>", "text that is not JSON"],
    "JSON that ends early": ['[{"id":"a"', undefined],
    "JSON and more": ["[] []", undefined],
    "JavaScript's own": ["NaN", undefined],
    null: ["null", "null"],
    text: ['"a"', "string"],
    "a number": ["7", "number"],
    "a boolean": ["true", "boolean"],
  };
  for (const [name, [text, received]] of Object.entries(unusable)) {
    it(`are a DecodeError in every mode: ${name}`, async () => {
      for (const options of [{}, { validation: "strict" }, { onDeviation: () => {} }]) {
        for (const [call, status] of [
          ["organizations.list", 200],
          ["organizations.create", 201],
        ]) {
          const error = await rejection(answer(call, text, { ...options, status }));
          assert.ok(isDecodeError(error), String(error));
          assert.deepEqual([error.status, error.attempts], [status, 1]);
          assert.equal(error.text.replace("\ufeff", ""), text.replace("\ufeff", ""));
          assert.match(error.message, new RegExp(`: ${status}, so the operation itself succeeded`));
          if (received) assert.deepEqual([error.path, error.received], ["", received]);
          if (received && received !== "text that is not JSON") {
            assert.equal(error.expected, call.endsWith("list") ? "array" : "object");
          }
        }
      }
    });
  }

  it("are one where a list is an object, and the reverse", async () => {
    for (const options of [{}, { validation: "strict" }, { onDeviation: () => {} }]) {
      const list = await rejection(answer("projects.list", {}, options));
      assert.deepEqual([list.path, list.expected, list.received], ["", "array", "object"]);
      const one = await rejection(answer("functions.get", [], options));
      assert.deepEqual([one.path, one.expected, one.received], ["", "object", "array"]);
    }
  });

  it("come behind a byte order mark as if it were not there", async () => {
    for (const [name, [, body]] of Object.entries(calls)) {
      const { seen, value } = await reports(name, `\ufeff${JSON.stringify(body)}`, { validation: "strict" });
      assert.deepEqual([seen, value], [[], body]);
    }
  });
});
