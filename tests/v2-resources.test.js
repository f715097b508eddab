// The resources of the second version of the API: what users give and get, unions that a field beside them chooses,
// a success that carries errors, what is secret, and what may be sent again.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isApiError, isDecodeError, isInputError, isOutcomeUnknownError, SupabaseManagement } from "../pkg/index.js";
import { assertHidden, json, ref, rejection, spy, token, unicode } from "./support.js";

const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, ...options });
const id = "6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d";
const sent = (fetch) => fetch.calls.map(({ init }) => JSON.parse(init.body));

/** An error of input, and nothing was sent. */
async function refused(call) {
  const fetch = spy();
  const error = await rejection(call(clientOf(fetch).v2));
  assert.ok(isInputError(error), String(error));
  assert.equal(fetch.calls.length, 0);
  return error;
}

describe("the envelope", () => {
  it("is that of the API in both directions", async () => {
    const body = {
      data: {
        type: "notebook",
        attributes: { name: unicode, content: { cells: [{ type: "markdown", text: unicode }] } },
      },
    };
    const answer = { data: { id: "1", type: "notebook", attributes: { name: unicode, newer: 1 } } };
    const fetch = spy(() => json(answer, { status: 201 }));
    assert.deepEqual(await clientOf(fetch).v2.notebooks.create(ref, body), answer);
    assert.deepEqual(sent(fetch), [body]);
  });

  it("holds a list where the API takes a list, even to delete", async () => {
    const body = { data: [{ type: "organization_invitation", attributes: { email: "jane@example.com" } }] };
    const fetch = spy(() => json(body));
    assert.deepEqual(await clientOf(fetch).v2.organizations.deleteInvitations("acme", body), body);
    assert.deepEqual([fetch.calls[0].init.method, sent(fetch)], ["DELETE", [body]]);
  });

  const transfer = (data) => (v2) => v2.projects.transfer(ref, data);
  for (const [what, call, path] of [
    ["is missing", transfer({ target_organization_slug: "acme" }), "target_organization_slug"],
    ["has no type", transfer({ data: { attributes: { target_organization_slug: "acme" } } }), "data.type"],
    ["has no attributes", transfer({ data: { type: "project_transfer_input" } }), "data.attributes"],
    [
      "has another type",
      transfer({ data: { type: "project", attributes: { target_organization_slug: "a" } } }),
      "data.type",
    ],
    [
      "has a field beside it",
      transfer({ data: { type: "project_transfer_input", id: "1", attributes: { target_organization_slug: "a" } } }),
      "data.id",
    ],
    [
      "holds a wrong list",
      (v2) =>
        v2.organizations.createInvitations("acme", {
          data: [{ type: "organization_invitation", attributes: { email: "jane" } }],
        }),
      "data[0].attributes.email",
    ],
  ])
    it(`that ${what} is refused at ${path}`, async () => {
      assert.equal((await refused(call)).path, path);
    });
});

describe("a log drain", () => {
  const drain = (backend_type, config, name = "logs") => ({
    data: { type: "log_drain", attributes: { name, backend_type, config } },
  });
  const right = {
    webhook: { url: "https://example.com", http: "http2", gzip: true, headers: { "X-Key": "v" } },
    datadog: { api_key: "0123456789", region: "US1" },
    loki: { url: "https://loki.example", username: null, password: null, headers: {} },
    sentry: { dsn: "https://0123456789@sentry.example/1" },
    s3: {
      access_key_id: "AKIA",
      batch_timeout: 3000,
      s3_bucket: "logs",
      secret_access_key: "0123456789",
      storage_region: "us-east-1",
    },
    axiom: { domain: "api.axiom.co", api_token: "0123456789", dataset_name: "logs" },
    last9: { username: "jane", password: "0123456789", region: "us" },
    otlp: { endpoint: "https://otlp.example", protocol: "http/protobuf", gzip: false, headers: {} },
    syslog: { host: "syslog.example", port: 6514, tls: true, client_key: "0123456789" },
    postgres: { anything: [1] },
    bigquery: {},
    clickhouse: { url: "https://ch.example" },
  };

  for (const [backend, config] of Object.entries(right)) {
    it(`of ${backend} takes its config, whole or in an update`, async () => {
      const fetch = spy(() => json({ data: {} }));
      const { logDrains } = clientOf(fetch).v2;
      const body = drain(backend, config);
      const update = { data: { type: "log_drain", attributes: { backend_type: backend } } };
      await logDrains.create(ref, body);
      await logDrains.update(ref, id, update);
      assert.deepEqual(sent(fetch), [body, update]);
    });
  }

  for (const [backend, config, path] of [
    ["datadog", { dsn: "x" }, "data.attributes.config.dsn"],
    ["sentry", { api_key: "x" }, "data.attributes.config.api_key"],
    ["webhook", { http: "http3" }, "data.attributes.config.http"],
    ["syslog", { port: 65536 }, "data.attributes.config.port"],
    ["loki", { headers: { a: 1 } }, "data.attributes.config.headers.a"],
    ["postgres", "postgres://", "data.attributes.config"],
    ["kafka", {}, "data.attributes"],
    [undefined, {}, "data.attributes"],
  ])
    it(`of ${backend} refuses ${JSON.stringify(config)} at ${path}`, async () => {
      const error = await refused((v2) => v2.logDrains.create(ref, drain(backend, config)));
      assert.equal(error.path, path);
      const update = await refused((v2) => v2.logDrains.update(ref, id, drain(backend, config)));
      assert.equal(update.path, path);
    });

  it("of a backend that is newer than the client is read", async () => {
    const answer = {
      data: [
        { id, ...drain("kafka", { brokers: ["a"] }).data },
        { id, ...drain("datadog", { site: 1 }).data },
      ],
    };
    const client = clientOf(() => json(answer));
    assert.deepEqual(await client.v2.logDrains.list(ref), answer);
    // What is newer is right, also where answers are checked; what is known and of another type is not.
    assert.deepEqual(await client.v2.logDrains.list(ref, { validation: "strict" }), answer);
    answer.data[1].attributes.config = { region: 1 };
    const error = await rejection(client.v2.logDrains.list(ref, { validation: "strict" }));
    assert.ok(isDecodeError(error), String(error));
    assert.equal(error.path, "data[1].attributes.config.region");
  });
});

describe("invitations", () => {
  const body = {
    data: ["jane@example.com", "joe@example.com"].map((email) => ({
      type: "organization_invitation",
      attributes: { email, role: "developer", projects: [{ ref }] },
    })),
  };
  const partial = {
    data: [{ type: "organization_invitation", attributes: { email: "jane@example.com" } }],
    error: {
      code: "bad_request",
      message: "Some invitations failed",
      issues: [{ code: "conflict", message: "is a member", meta: { email: "joe@example.com" } }],
    },
  };

  it("that failed in part are a success that tells which", async () => {
    const fetch = spy(() => json(partial, { status: 201 }));
    const deviations = [];
    const client = clientOf(fetch, { onDeviation: (deviation) => deviations.push(deviation) });
    const call = client.v2.organizations.createInvitations("acme", body);
    const { data, status } = await call.withResponse();
    assert.deepEqual([status, data], [201, partial]);
    assert.equal(data.error.issues[0].meta.email, "joe@example.com");
    assert.deepEqual(deviations, []);
    assert.deepEqual(await client.v2.organizations.createInvitations("acme", body, { validation: "strict" }), partial);
  });

  it("that failed altogether are an error with its code", async () => {
    const client = clientOf(() =>
      json({ error: { code: "forbidden.permission_denied", message: "no" } }, { status: 403 }),
    );
    const error = await rejection(client.v2.organizations.createInvitations("acme", body));
    assert.ok(isApiError(error));
    assert.deepEqual([error.status, error.code], [403, "forbidden.permission_denied"]);
  });
});

describe("secrets of version 2", () => {
  const secret = "s3cr3t-0123456789";
  const drain = (backend_type, config) => ({
    data: { type: "log_drain", attributes: { name: "logs", backend_type, config } },
  });
  const endpoint = (attributes) => ({
    data: { type: "endpoint", attributes: { url: "https://example.com", event_types: [{ type: "*" }], ...attributes } },
  });
  const writes = {
    datadog: (v2) => v2.logDrains.create(ref, drain("datadog", { api_key: secret })),
    loki: (v2) => v2.logDrains.update(ref, id, drain("loki", { password: secret })),
    last9: (v2) => v2.logDrains.create(ref, drain("last9", { password: secret })),
    axiom: (v2) => v2.logDrains.create(ref, drain("axiom", { api_token: secret })),
    s3: (v2) => v2.logDrains.create(ref, drain("s3", { secret_access_key: secret })),
    sentry: (v2) => v2.logDrains.create(ref, drain("sentry", { dsn: secret })),
    "syslog client_key": (v2) => v2.logDrains.create(ref, drain("syslog", { client_key: secret })),
    "syslog cipher_key": (v2) => v2.logDrains.create(ref, drain("syslog", { cipher_key: secret })),
    "headers of webhook": (v2) => v2.logDrains.create(ref, drain("webhook", { headers: { Authorization: secret } })),
    "headers of otlp": (v2) => v2.logDrains.update(ref, id, drain("otlp", { headers: { Authorization: secret } })),
    postgres: (v2) => v2.logDrains.create(ref, drain("postgres", { password: secret })),
    "signing_secret of an organization": (v2) =>
      v2.organizationWebhooks.createEndpoint("acme", endpoint({ signing_secret: secret })),
    "signing_secret of a project": (v2) =>
      v2.projectWebhooks.updateEndpoint(ref, id, endpoint({ signing_secret: secret })),
    custom_headers: (v2) =>
      v2.projectWebhooks.createEndpoint(
        ref,
        endpoint({ signing_secret: "0123456789", custom_headers: { "X-Key": secret } }),
      ),
  };
  for (const [name, write] of Object.entries(writes)) {
    it(`are in no error that repeats them: ${name}`, async () => {
      const echo = {
        error: { code: "bad_request", message: `wrong: ${secret}`, issues: [{ code: "x", message: `no ${secret}` }] },
      };
      const error = await rejection(write(clientOf(() => json(echo, { status: 400 })).v2));
      assert.ok(isApiError(error), String(error));
      assertHidden(error, [secret]);
    });
  }

  it("to sign with have 8 to 64 characters", async () => {
    for (const signing_secret of ["1234567", "x".repeat(65)]) {
      const error = await refused((v2) => v2.projectWebhooks.createEndpoint(ref, endpoint({ signing_secret })));
      assert.equal(error.path, "data.attributes.signing_secret");
      assertHidden(error, [signing_secret]);
    }
  });
});

describe("what is sent again", () => {
  const run = { data: { type: "project_advisors", attributes: { lints: [{ name: "no_primary_key" }] } } };
  const transfer = { data: { type: "project_transfer_input", attributes: { target_organization_slug: "acme" } } };

  /** A fetch that loses its first request. */
  const lossy = () => {
    const fetch = spy(() => {
      if (fetch.calls.length === 1) throw new TypeError("lost");
      return json({ data: {} });
    });
    return fetch;
  };

  for (const [name, call] of [
    ["checks of advisors", (v2) => v2.advisors.run(ref, run)],
    ["the preview of a transfer", (v2) => v2.projects.previewTransfer(ref, transfer)],
    ["a list", (v2) => v2.projectWebhooks.listDeliveries(ref, id)],
  ])
    it(`is what only reads: ${name}`, async () => {
      const fetch = lossy();
      await call(clientOf(fetch).v2);
      assert.equal(fetch.calls.length, 2);
    });

  for (const [name, call, look] of [
    ["a transfer", (v2) => v2.projects.transfer(ref, transfer), undefined],
    [
      "a delivery",
      (v2) => v2.organizationWebhooks.retryDelivery("acme", id),
      /organizationWebhooks\.getDelivery may tell/,
    ],
    ["a test", (v2) => v2.projectWebhooks.testEndpoint(ref, id), /projectWebhooks\.getEndpoint may tell/],
    [
      "an endpoint",
      (v2) => v2.projectWebhooks.updateEndpoint(ref, id, { data: { type: "endpoint", attributes: {} } }),
      /getEndpoint may tell/,
    ],
  ])
    it(`is nothing that writes, and who asked learns so: ${name}`, async () => {
      const fetch = lossy();
      const error = await rejection(call(clientOf(fetch).v2));
      assert.ok(isOutcomeUnknownError(error), String(error));
      assert.equal(fetch.calls.length, 1);
      if (look) assert.match(error.message, look);
    });
});

describe("settings of a project", () => {
  it("are those that the token may see", async () => {
    const answer = { data: { id: ref, type: "project_config", attributes: { auth: {} } } };
    const deviations = [];
    const client = clientOf(() => json(answer), { onDeviation: (deviation) => deviations.push(deviation) });
    assert.deepEqual(await client.v2.projects.getConfig(ref), answer);
    assert.deepEqual(await client.v2.projects.getConfig(ref, { validation: "strict" }), answer);
    assert.deepEqual(deviations, []);
  });
});

describe("names in paths", () => {
  for (const [name, call, path] of [
    ["a compute instance", (v2) => v2.compute.get(ref, "Web"), "name"],
    ["a compute instance with a dash at its end", (v2) => v2.compute.delete(ref, "web-"), "name"],
    ["a webhook endpoint", (v2) => v2.projectWebhooks.getEndpoint(ref, "1"), "id"],
    ["a log drain", (v2) => v2.logDrains.delete(ref, "1"), "id"],
    ["a member", (v2) => v2.organizations.assignMemberRole("acme", "jane", {}), "user_id"],
  ])
    it(`are checked: ${name}`, async () => {
      assert.equal((await refused(call)).path, path);
    });

  it("are those of the route", async () => {
    const fetch = spy(() => new Response(null, { status: 204 }));
    const { compute, privateLink } = clientOf(fetch).v2;
    assert.equal(await compute.delete(ref, "a"), undefined);
    assert.equal(await privateLink.deleteForDatabase(ref, "123456789012", "replica/1"), undefined);
    const base = `https://api.supabase.com/v2/projects/${ref}`;
    assert.deepEqual(
      fetch.calls.map(({ url }) => url),
      [`${base}/compute/a`, `${base}/private-link/associations/aws-account/123456789012/database/replica%2F1`],
    );
  });
});
