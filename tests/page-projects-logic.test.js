// What the views of projects and organizations compute, without a browser.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addonsOf } from "../www/page/addons.js";
import { groupsOf, placeOf, statementOf } from "../www/page/advice.js";
import { codeOf } from "../www/page/code.js";
import { limitOf, wordsOfFeature } from "../www/page/entitlements.js";
import { changesOf } from "../www/page/env-changes.js";
import { mistakesOf } from "../www/page/form-check.js";
import { keyIdOf, masked } from "../www/page/keys.js";
import { newPassword, strengthOf } from "../www/page/password.js";
import { regionsOf, selectionOf } from "../www/page/regions.js";
import { fieldTime, placesOf, unixOf, windowOf } from "../www/page/timeline.js";
import { obstaclesOf, versionOf } from "../www/page/upgrades.js";
import { stepsOf } from "../www/page/views/branches/actions.js";

describe("the mistakes of a form", () => {
  const samples = { name: "acme", organization_slug: "acme", db_pass: "a password" };
  const of = (values) => mistakesOf("projects.create", (all) => [all], { ...samples, ...values }, samples);

  it("has none where the client has nothing to say", async () => assert.deepEqual(await of({}), {}));

  it("names each field that is wrong, although the client names the first one only", async () => {
    const found = await of({ name: "a".repeat(300), organization_slug: "not a slug" });
    assert.deepEqual(found, {
      name: "Expected at most 256 characters, received a string of 300 characters.",
      organization_slug: "Expected string matching ^[\\w-]+$, received a string of 10 characters.",
    });
  });

  it("finds the field at the end of a path", async () => {
    const argsOf = ({ email }) => [
      "acme",
      { data: [{ type: "organization_invitation", attributes: { email, role: "developer" } }] },
    ];
    const wrong = await mistakesOf(
      "v2.organizations.createInvitations",
      argsOf,
      { email: "x" },
      { email: "a@b.example" },
    );
    assert.deepEqual(Object.keys(wrong), ["email"]);
  });
});

describe("passwords", () => {
  it("are new each time, long, and strong", () => {
    const made = Array.from({ length: 50 }, newPassword);
    assert.equal(new Set(made).size, 50);
    for (const password of made) {
      assert.match(password, /^[\w\-.~]{24}$/);
      assert.equal(strengthOf(password).words, "strong");
    }
  });

  it("are weak where they are short, or the same character again and again", () => {
    const words = (password) => strengthOf(password).words;
    assert.deepEqual(["", "hunter2", "a".repeat(40)].map(words), ["weak", "weak", "weak"]);
    assert.equal(words("Tidewater42"), "fair");
  });
});

it("gives the regions as a choice, without those that have no room, and the one that is recommended", () => {
  const region = (type, code, status) => ({ type, code, name: code.toUpperCase(), ...(status && { status }) });
  const americas = region("smartGroup", "americas");
  const all = {
    smartGroup: [americas],
    specific: [region("specific", "us-east-1"), region("specific", "us-east-2", "capacity")],
  };
  const { groups, recommended } = regionsOf({ recommendations: { smartGroup: americas, specific: [] }, all });
  assert.equal(recommended, "smartGroup americas");
  assert.deepEqual(groups[1].options, [{ value: "specific us-east-1", label: "US-EAST-1 · us-east-1" }]);
  assert.deepEqual(selectionOf("specific us-east-1"), { type: "specific", code: "us-east-1" });
});

describe("the time line", () => {
  const list = {
    pitr_enabled: true,
    backups: [
      { id: 1, status: "COMPLETED", inserted_at: "2026-11-29T00:00:00Z" },
      { id: 2, status: "COMPLETED", inserted_at: "2026-11-30T00:00:00Z" },
    ],
    physical_backup_data: {
      earliest_physical_backup_date_unix: 1_764_000_000,
      latest_physical_backup_date_unix: 1_796_083_200,
    },
  };
  const points = [{ name: "before", status: "AVAILABLE", completed_on: "2026-11-29T12:00:00Z" }];

  it("has everything in the order of time, the latest first", () => {
    const kinds = placesOf(list, points, 0).map(({ key }) => key);
    assert.deepEqual(kinds, ["latest", "backup 2", "point before", "backup 1", "earliest"]);
  });

  it("has a window only where the point-in-time recovery is on", () => {
    assert.deepEqual(windowOf(list), { from: 1_764_000_000, to: 1_796_083_200 });
    assert.equal(windowOf({ ...list, pitr_enabled: false }), undefined);
    assert.deepEqual(
      placesOf({ ...list, pitr_enabled: false }, [], 0).map(({ kind }) => kind),
      ["backup", "backup"],
    );
  });

  it("puts a restore point that is being made at now", () => {
    const [first] = placesOf(
      { ...list, pitr_enabled: false },
      [{ name: "new", status: "PENDING", completed_on: null }],
      2e12,
    );
    assert.deepEqual([first.key, first.at], ["point new", 2e12]);
  });

  it("reads times of fields as UTC", () => {
    assert.equal(unixOf(fieldTime(1_764_000_001)), 1_764_000_001);
    assert.equal(unixOf(""), undefined);
  });
});

describe("advice", () => {
  const lint = (name, level, metadata) => ({ name, level, metadata, detail: "", cache_key: name });

  it("comes in groups, the gravest first, and keeps levels that are new", () => {
    const lints = [lint("a", "INFO"), lint("b", "ERROR"), lint("c", "NEW")];
    assert.deepEqual(
      groupsOf(lints).map(({ level }) => level),
      ["ERROR", "INFO", "NEW"],
    );
  });

  it("has a statement where one helps, with names as SQL quotes them", () => {
    const table = { schema: "public", name: 'odd "table"', type: "table" };
    assert.equal(
      statementOf(lint("rls_disabled_in_public", "ERROR", table)),
      'alter table "public"."odd ""table""" enable row level security;',
    );
    assert.equal(placeOf(lint("x", "INFO", table)), 'public.odd "table"');
    assert.match(statementOf(lint("duplicate_index", "WARN", { ...table, name: "it's" })), /'it''s'/);
  });

  it("has none for what no statement mends, and for what is about no table", () => {
    assert.equal(statementOf(lint("auth_leaked_password_protection", "WARN")), undefined);
    assert.equal(statementOf(lint("rls_disabled_in_public", "ERROR")), undefined);
    assert.equal(placeOf(lint("ssl_not_enforced", "WARN")), "");
  });
});

describe("keys", () => {
  it("are shown without their secret part", () => {
    const secret = { type: "secret", prefix: "lt10T", api_key: "sb_secret_lt10TnQWmYaQtiQnG9wLzg_8Lmvk9Wy" };
    assert.equal(masked(secret), "sb_secret_lt10T••••••••");
    const jwt = { type: "legacy", prefix: "JQuuh", api_key: "eyJhbGciOi.eyJpc3Mi.JQuuhlHpIMmPiT" };
    assert.equal(masked(jwt), "eyJ…••••••••.JQuuh…");
    assert.equal(masked({ type: "secret", api_key: "whatever" }), "••••••••");
  });

  it("are told apart where they have no id", () =>
    assert.notEqual(keyIdOf({ name: "a", type: "secret" }), keyIdOf({ name: "a", type: "publishable" })));
});

it("tells what a set of variables changes, and leaves the platform its own", () => {
  const existing = ["A", "B", "SUPABASE_URL"];
  assert.deepEqual(changesOf({ A: "1", C: "2" }, existing), { created: ["C"], changed: ["A"], unused: ["B"] });
});

it("says in words what stands in the way of an upgrade", () => {
  const found = {
    unsupported_extensions: ["timescaledb"],
    validation_errors: [{ type: "objects_depending_on_pg_cron", dependents: ["public.job"] }],
    warnings: [{ type: "pg_graphql_introspection_change" }],
  };
  assert.deepEqual(obstaclesOf(found), [
    "Not possible: objects depending on pg cron: public.job.",
    "The new version does not have these extensions: timescaledb.",
    "Mind this: pg graphql introspection change.",
  ]);
  assert.equal(versionOf("supabase-postgres-17.6.1.084"), "Postgres 17.6.1.084");
});

it("says limits of a plan in words", () => {
  assert.equal(
    limitOf({ type: "numeric", config: { value: 536_870_912_000, unlimited: false, unit: "byte" } }),
    "500 GiB",
  );
  assert.equal(limitOf({ type: "numeric", config: { unlimited: true } }), "unlimited");
  assert.equal(limitOf({ type: "set", config: { set: ["a", "b"] } }), "a, b");
  assert.equal(limitOf({ type: "boolean", config: { enabled: true } }), "");
  assert.equal(wordsOfFeature("storage.max_file_size"), "storage max file size");
});

it("puts the variant that a project has at its add-on", () => {
  const variant = { id: "ci_micro", name: "Micro" };
  const addons = addonsOf({
    selected_addons: [{ type: "compute_instance", variant }],
    available_addons: [{ type: "compute_instance" }, { type: "pitr" }],
  });
  assert.deepEqual(
    addons.map(({ selected }) => selected),
    [variant, undefined],
  );
});

it("allows of a branch what can be done with it", () => {
  const steps = (branch) => stepsOf(branch).map(([step]) => step);
  assert.deepEqual(steps({ is_default: true }), ["edit"]);
  assert.deepEqual(steps({ deletion_scheduled_at: "2026-11-30T00:00:00Z" }), ["restore"]);
  assert.ok(steps({}).includes("merge"));
});

it("writes a signal as the variable that it would be", () => {
  const { signal } = new AbortController();
  assert.equal(
    codeOf("projects.waitUntilPaused", ["ref", { pollMs: undefined, signal }]),
    'await client.projects.waitUntilPaused("ref", { signal })',
  );
});
