// Whatever a server, a proxy or a fetch of somebody else says, nothing that the client sent as a secret comes to be read
// in an error, in whichever way it is printed.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inspect } from "node:util";
import { isApiError, isConnectionError, isDecodeError, isInputError, SupabaseManagement } from "../pkg/index.js";
import {
  answerJson,
  assertHidden,
  json,
  later,
  newProject,
  printed,
  ref,
  rejection,
  serve,
  thrown,
  token,
} from "./support.js";

const password = 'p"ä\\ss\n🚀/word</script>';
const value = "s3cret\tvälue & more";
const proxyKey = "key-0123456789abcdef";
const secrets = [token, password, value];

/** How a text may be written inside of JSON: as we do, as Python does, as PHP does. */
const escaped = (text) => JSON.stringify(text).slice(1, -1);
const ascii = (text) =>
  escaped(text).replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
const slashed = (text) => escaped(text).replaceAll("/", "\\/");

const clientOf = (fetch, options) => new SupabaseManagement({ accessToken: token, fetch, maxRetries: 0, ...options });

/** Calls that send secrets, each with those that it sent. */
const calls = {
  "a list": [(client, options) => client.projects.list(options), [token]],
  "a new project": [
    (client, options) => client.projects.create({ ...newProject, db_pass: password }, options),
    [token, password],
  ],
  "a secret": [(client, options) => client.secrets.create(ref, [{ name: "A", value }], options), [token, value]],
  "a map of secrets": [
    (client, options) => client.branches.create(ref, { branch_name: "b", secrets: { A: value, B: password } }, options),
    [token, value, password],
  ],
  "a form": [
    (client, options) => client.oauth.token({ grant_type: "refresh_token", refresh_token: value }, options),
    [value],
  ],
  "a token in the path": [
    (client, options) => client.organizations.getProjectClaim("acme", password, options),
    [token, password],
  ],
};

const raw = secrets.join(" | ");

/** What a server may repeat. */
const answers = {
  "in its message": () => json({ message: `refused ${raw}` }, { status: 400 }),
  "in every field": () => json({ error: raw, deep: [{ [raw]: { raw } }], missing_permissions: [raw] }, { status: 403 }),
  "in plain text": () => new Response(`refused ${raw}`, { status: 500 }),
  "in JSON that is quoted in JSON": () => json({ message: JSON.stringify({ secrets }) }, { status: 400 }),
  "in JSON of ASCII alone": () => new Response(`{"message":"${ascii(raw)}","x":"${ascii(raw)}"}`, { status: 400 }),
  "in JSON with escaped slashes": () =>
    new Response(`{"message":"${slashed(raw)}","x":"${slashed(raw)}"}`, { status: 400 }),
  "in JSON with other escapes": () =>
    new Response(
      `{"message":"${[...raw].map((letter) => (letter.length > 1 || letter < " " ? ascii(letter) : `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)).join("")}"}`,
      { status: 400 },
    ),
  "in HTML": () => new Response(`<h1>502</h1>${raw}`, { status: 502, headers: { "content-type": "text/html" } }),
  "in the headers": () =>
    new Response("{}", {
      status: 400,
      headers: { "x-echo": `Bearer ${token}`, location: `/?t=${token}` },
    }),
  "at the edge of what a message shows": () => new Response(`${"x".repeat(190)}${raw}`, { status: 500 }),
  "more than once, without a gap": () => new Response(`${token}${token}`, { status: 500 }),
};

describe("secrets that a server repeats", () => {
  for (const [place, answer] of Object.entries(answers)) {
    for (const [name, [call, sent]] of Object.entries(calls)) {
      it(`${place} are in no error of ${name}`, async () => {
        const error = await rejection(call(clientOf(async () => answer())));
        assert.ok(isApiError(error), String(error));
        assertHidden(error, sent);
      });
    }
  }

  it("are marked where they stood, and the rest stays readable", async () => {
    const fetch = async () => json({ message: `token ${token} has expired` }, { status: 401 });
    const error = await rejection(clientOf(fetch).projects.list());
    assert.equal(error.message, "projects.list (GET /v1/projects): 401 token [redacted] has expired");
    assert.deepEqual(error.body, { message: "token [redacted] has expired" });
  });

  it("are hidden where they have quotes, in JSON that is quoted in JSON", async () => {
    const cookie = 'session="abc\\d"';
    const odd = 'token"with\\quotes';
    const fetch = async () => json({ message: JSON.stringify({ cookie, odd }) }, { status: 400 });
    for (const accessToken of [odd, () => odd]) {
      const client = clientOf(fetch, { accessToken, headers: { cookie } });
      assertHidden(await rejection(client.projects.list()), [cookie, odd]);
    }
  });

  it("do not break a body whose numbers, literals and names happen to be the same", async () => {
    const body = { message: "true or 400? a\nsecret-1234", code: 400, retry: true };
    for (const [value, expected] of [
      ["true", { ...body, message: "[redacted] or 400? a\nsecret-1234" }],
      ["400", { ...body, message: "true or [redacted]? a\nsecret-1234", code: "[redacted]" }],
      ["message", body],
      // Behind a backslash, `n` is no letter.
      ["nsecret-1234", body],
    ]) {
      const client = clientOf(async () => json(body, { status: 400 }));
      const error = await rejection(client.secrets.create(ref, [{ name: "A", value }]));
      assert.deepEqual(error.body, expected);
      assert.deepEqual(JSON.parse(error.text), expected);
    }
    // One that is JSON itself comes back as a part of it.
    const value = JSON.stringify({ kty: "oct", k: "c2VjcmV0" });
    const client = clientOf(async () => new Response(`{"sent":${value}}`, { status: 400 }));
    assertHidden(await rejection(client.secrets.create(ref, [{ name: "A", value }])), [value]);
  });

  it("are hidden in an answer that cannot be used, in every mode", async () => {
    const bodies = ["<p>", '{"', "[", '[{"a":"', '{"message":"'].map((start) => `${start}${escaped(raw)} ${raw}`);
    for (const options of [{}, { validation: "strict" }, { onDeviation: () => {} }]) {
      for (const body of bodies) {
        const client = clientOf(async () => new Response(body), options);
        for (const [call, sent] of [calls["a list"], calls["a new project"]]) {
          const error = await rejection(call(client));
          assert.ok(isDecodeError(error), String(error));
          assertHidden(error, sent);
        }
      }
    }
  });

  it("are hidden in the path of what does not fit", async () => {
    const body = { id: "a", [token]: 1, database: { [token]: { a: 1 } } };
    const client = clientOf(async () => json([body]), { validation: "strict" });
    assertHidden(await rejection(client.projects.list()), [token]);
  });

  it("are hidden by a real server and a real fetch as well", async (t) => {
    const server = await serve(t, (request, response, body) => {
      const echo = { "x-echo": request.headers.authorization, "set-cookie": [`a=${token}`, "b=1"] };
      answerJson(response, { message: `${request.headers.authorization} ${body}` }, 400, echo);
    });
    const client = clientOf(undefined, { baseUrl: server.url });
    const error = await rejection(client.secrets.create(ref, [{ name: "A", value }]));
    assert.ok(isApiError(error), String(error));
    assertHidden(error, [token, value, escaped(value)]);
    assert.equal(error.headers.get("x-echo"), "Bearer [redacted]");
    assert.deepEqual(error.headers.getSetCookie(), ["a=[redacted]", "b=1"]);
  });

  it("are hidden where they come from a function, with white space around", async () => {
    const fetch = async () => new Response(raw, { status: 500 });
    const client = clientOf(fetch, { accessToken: async () => `  ${token}\n` });
    assertHidden(await rejection(client.projects.list()), [token]);
  });

  it("are hidden where they are in headers for a proxy", async () => {
    const headers = {
      "x-proxy-key": proxyKey,
      "proxy-authorization": "Basic cHJveHk6c2VjcmV0",
      cookie: "session=abcdefgh",
    };
    const text = Object.values(headers).join(" ");
    for (const where of ["client", "call"]) {
      const fetch = async () => new Response(text, { status: 403 });
      const client = clientOf(fetch, where === "client" ? { headers } : {});
      const error = await rejection(client.projects.list(where === "call" ? { headers } : {}));
      assertHidden(error, Object.values(headers));
    }
  });

  it("are left alone where a short one is part of another word", async () => {
    const fetch = async () => json({ message: "value on: turn on the second option, on1" }, { status: 400 });
    const error = await rejection(clientOf(fetch).secrets.create(ref, [{ name: "A", value: "on" }]));
    assert.equal(error.body.message, "value [redacted]: turn [redacted] the second option, on1");
  });

  it("are left alone where a very short one is part of a name or of a letter's word", async () => {
    const message = "zz_not_a_field: éa is not a_b; a is weak";
    const fetch = async () => json({ message, a: "a", b: ["a a"] }, { status: 400 });
    const error = await rejection(clientOf(fetch).projects.create({ ...newProject, db_pass: "a" }));
    assert.deepEqual(error.body, {
      message: "zz_not_a_field: éa is not a_b; [redacted] is weak",
      a: "[redacted]",
      b: ["[redacted] [redacted]"],
    });
    assert.equal(error.message, `projects.create (POST /v1/projects): 400 ${error.body.message}`);
  });
});

describe("words of our own", () => {
  // Each of them is, or holds, a word of ours: a name of the table, of an endpoint, of a route, of a sentence.
  const passwords = [
    "a",
    "1",
    "v1",
    "on",
    "name",
    "POST",
    "projects",
    "expected",
    "db_pass",
    "organization_slug",
    "a known field",
  ];
  const create = (fetch, db_pass, more, options) =>
    clientOf(fetch, options).projects.create({ ...newProject, db_pass, ...more });

  for (const password of passwords) {
    it(`are never hidden, though a secret is the same: ${password}`, async () => {
      const wrong = await rejection(create(assert.fail, password, { zz_not_a_field: 1 }));
      assert.equal(
        wrong.message,
        "projects.create (POST /v1/projects): zz_not_a_field: expected a known field, received an unknown field",
      );
      const missing = await rejection(create(assert.fail, password, { organization_slug: undefined, name: 7 }));
      assert.equal(missing.path, "name");
      assert.equal(missing.message, "projects.create (POST /v1/projects): name: expected string, received number");
      const answered = { id: "a", ref: "b", organization_id: "c", organization_slug: 7, name: "d", region: "e" };
      const seen = [];
      const onDeviation = ({ endpoint, path }) => seen.push([endpoint, path]);
      const broken = await rejection(
        create(async () => json(answered, { status: 201 }), password, {}, { validation: "strict", onDeviation }),
      );
      assert.deepEqual(
        [broken.endpoint, broken.route, broken.path],
        ["projects.create", "POST /v1/projects", "organization_slug"],
      );
      assert.match(
        broken.message,
        /^projects\.create \(POST \/v1\/projects\): 201, so the operation itself succeeded, .*: organization_slug: expected string, received number$/,
      );
      assert.ok(seen.every(([endpoint]) => endpoint === "projects.create"));
      assert.ok(
        seen.some(([, path]) => path === "organization_slug"),
        `${seen}`,
      );
      const refused = await rejection(create(async () => json({}, { status: 403 }), password));
      assert.match(
        refused.message,
        /^projects\.create \(POST \/v1\/projects\): 403 .*\(needs the OAuth scope projects:write or /,
      );
    });
  }

  it("are told apart from names that others gave, which hide what is long enough", async () => {
    const secret = "correct horse battery";
    const mine = await rejection(create(assert.fail, secret, { [secret]: 1 }));
    assertHidden(mine, [secret]);
    assert.match(mine.path, /redacted/);
    const seen = [];
    const body = {
      id: "a",
      ref: "b",
      organization_id: "c",
      organization_slug: "d",
      name: "e",
      region: "f",
      created_at: "g",
      status: "REMOVED",
    };
    await create(
      async () => json({ ...body, [secret]: 1, [`x_${secret}`]: 1, id: 7 }, { status: 201 }),
      secret,
      {},
      {
        onDeviation: (deviation) => seen.push(deviation),
      },
    );
    assert.ok(!inspect(seen, { depth: 9 }).includes(secret), inspect(seen, { depth: 9 }));
    assert.ok(
      seen.some(({ path }) => path === "id"),
      inspect(seen),
    );
  });
});

class Closed extends Error {
  #init;
  constructor(message, init) {
    super(message);
    this.#init = init;
  }
  toJSON() {
    return { message: this.message, ...this.#init };
  }
  [inspect.custom]() {
    return `Closed ${inspect(this.#init, { depth: 9 })}`;
  }
}

class Talkative extends Error {
  get request() {
    return `Bearer ${token}`;
  }
}

/** What a custom fetch may reject with. `seen` is the authorization that it was called with. */
const causes = {
  "its message": (seen) => new Error(`failed with ${seen}`),
  "its name": (seen) => Object.assign(new Error("failed"), { name: seen }),
  "its code": (seen) => Object.assign(new Error("failed"), { code: seen }),
  "its stack": (seen) => Object.assign(new Error("failed"), { stack: `Error: failed\n    at ${seen}` }),
  "its cause": (seen) => new Error("failed", { cause: new Error(seen, { cause: { seen } }) }),
  "a deep cause": (seen) =>
    Array.from({ length: 12 }).reduce((cause) => new Error("failed", { cause }), new Error(seen)),
  "a cause that is text": (seen) => new Error("failed", { cause: seen }),
  "its request": (seen, init) =>
    Object.assign(new Error("failed"), { config: { headers: { authorization: seen } }, init }),
  "the headers it was called with": (_seen, init) => Object.assign(new Error("failed"), { headers: init.headers }),
  "a property that is not enumerable": (seen) => Object.defineProperty(new Error("failed"), "request", { value: seen }),
  "a property that is hidden in an object": (seen) =>
    Object.defineProperty(new Error("failed"), "r", { value: { seen } }),
  "the name of a property": (seen) => Object.assign(new Error("failed"), { [seen]: 1 }),
  "a symbol": (seen) => Object.assign(new Error("failed"), { [Symbol("request")]: seen }),
  "the name of a symbol": (seen) => Object.assign(new Error("failed"), { [Symbol(seen)]: 1 }),
  "a value that is a symbol": (seen) => Object.assign(new Error("failed"), { request: Symbol(seen) }),
  "an inspect of its own": (_seen, init) => new Closed("failed", init),
  "a getter of its class": () => new Talkative("failed"),
  "a getter of its own": (seen) =>
    Object.defineProperty(new Error("failed"), "request", { get: () => seen, enumerable: true }),
  "a getter that says something else each time": (seen) => {
    let count = 0;
    return Object.defineProperty(new Error(), "message", { get: () => (count++ < 3 ? "failed" : seen) });
  },
  "several errors": (seen) => new AggregateError([new Error(seen)], "failed"),
  "an object": (seen) => ({ message: "failed", seen, headers: { seen } }),
  "an array": (seen) => ["failed", seen],
  "a map": (seen) => new Map([["authorization", seen]]),
  text: (seen) => `failed with ${seen}`,
  "a lone symbol": (seen) => Symbol(seen),
  "a function": (seen) => Object.assign(() => {}, { seen }),
  "a frozen error": (seen) => Object.freeze(new Error(seen)),
  "an object of text": (seen) => Object(seen),
  "a response": (seen) => new Response(null, { headers: { seen } }),
  "the call itself": (_seen, init) => init,
};

describe("secrets in a page of a list that does not lead on", () => {
  const own = "sbp_of_a_function_0123456789";
  for (const [name, accessToken] of Object.entries({
    "a token that a function gave": async () => own,
    "a token that was renewed": Object.assign(async () => "sbp_refused", { refresh: async () => own }),
    "a fixed token": own,
  })) {
    it(`are hidden: ${name}`, async () => {
      const fetch = async (_url, { headers }) => {
        if (headers.authorization === "Bearer sbp_refused") return json({}, { status: 401 });
        return json({
          data: [{ name: `you sent ${headers.authorization} and ${headers["x-api-key"]}` }],
          cursor: "same",
        });
      };
      const client = clientOf(fetch, { accessToken, headers: { "x-api-key": proxyKey } });
      const error = await rejection(
        (async () => {
          for await (const item of client.snippets.list()) assert.ok(item.name.includes(own));
        })(),
      );
      assert.ok(isDecodeError(error), String(error?.stack ?? error));
      assert.equal(error.path, "cursor");
      assert.match(error.text, /you sent Bearer \[redacted\] and \[redacted\]/);
      assertHidden(error, [own, proxyKey]);
    });
  }
});

describe("secrets in the path of client.request", () => {
  it("are in no error of a body that has no JSON", async () => {
    const claim = "claim_0123456789";
    const request = (path) => clientOf(async () => json({})).request("post", path, { body: { a: Number.NaN } });
    const error = await rejection(request(`/v1/organizations/acme/project-claim/${claim}?a=b`));
    assert.ok(isInputError(error));
    assert.deepEqual([error.path, error.received], ["a", "NaN"]);
    assert.equal(error.route, "POST /v1/organizations/{slug}/project-claim/{token}");
    assertHidden(error, [claim]);
    // As where the wasm looks at the arguments: an endpoint that nobody knows has its path for a name.
    const unknown = await rejection(request(`/v1/new/${token}?a=b`));
    assert.equal(unknown.route, "POST /v1/new/[redacted]");
  });
});

describe("secrets that a fetch puts into its error", () => {
  for (const [place, cause] of Object.entries(causes)) {
    it(`are not printed where they are in ${place}`, async () => {
      const fetch = async (_url, init) => {
        throw cause(new Headers(init.headers).get("authorization"), init);
      };
      for (const [call, sent] of Object.values(calls)) {
        const error = await rejection(call(clientOf(fetch)));
        assert.ok(isConnectionError(error), String(error));
        assertHidden(error, sent);
      }
    });
  }

  it("are not printed where the body is in the error", async () => {
    const fetch = async (_url, { body }) => {
      throw Object.assign(new Error(`could not send ${body}`), { body, request: { body } });
    };
    const bytes = Buffer.from(password).toString();
    const error = await rejection(clientOf(fetch).projects.create({ ...newProject, db_pass: password }));
    assertHidden(error, [password, bytes, escaped(password)]);
  });

  it("are not printed where the body of an answer fails with them", async () => {
    const fail = async () => {
      throw new Error(`broke off: ${raw}`);
    };
    const fetch = async () => ({ status: 200, headers: new Headers(), text: fail, arrayBuffer: fail });
    assertHidden(await rejection(clientOf(fetch).projects.list()), [token]);
  });

  it("leave a plain error as it was: the same object, with its properties", async () => {
    const cause = Object.assign(new TypeError("fetch failed"), { code: "ECONNREFUSED", errno: -111 });
    const fetch = async () => {
      throw cause;
    };
    const error = await rejection(clientOf(fetch).projects.list());
    assert.equal(error.cause, cause);
  });
});

describe("secrets in the client", () => {
  it("are not printed of a client, its resources or its methods", () => {
    const client = clientOf(async () => json([]), { headers: { "x-proxy-key": proxyKey } });
    for (const view of [client, client.projects, client.projects.list, { client }]) {
      const options = { depth: 9, showHidden: true, getters: true };
      for (const text of [inspect(view), inspect(view, options), JSON.stringify(view) ?? "", String(view)]) {
        for (const secret of [token]) assert.ok(!text.includes(secret), text);
      }
    }
  });

  it("are not printed of a call in progress, nor of what it resolves to with its response", async () => {
    const client = clientOf(async () => later(5).then(() => json([])));
    const call = client.projects.list();
    const options = { depth: 9, showHidden: true, getters: true };
    for (const text of [inspect(call, options), inspect(call.withResponse, options)]) assert.ok(!text.includes(token));
    const answer = await call.withResponse();
    assert.ok(!inspect(answer, options).includes(token));
  });

  it("are not in the error of an option or an argument that is wrong", async () => {
    const wrong = [
      { accessToken: `${token} ${token}` },
      { accessToken: `${token}é` },
      { accessToken: token, baseUrl: `https://${token}@proxy.example` },
      { accessToken: token, baseUrl: `https://proxy.example/?key=${token}` },
      { accessToken: token, headers: { authorization: `Bearer ${token}\n🚀` } },
      { accessToken: token, headers: { authorization: [token] } },
      { accessToken: token, validation: token },
      { accessToken: token, timeoutMs: token },
      { accessToken: { token } },
    ];
    for (const options of wrong) {
      const error = thrown(() => new SupabaseManagement(options));
      assert.ok(isInputError(error), String(error));
      assertHidden(error, [token]);
    }
    const client = clientOf(async () => json([]));
    const bodies = [
      { ...newProject, db_pass: [token] },
      { ...newProject, db_pass: token, name: `${token}`.repeat(20) },
      { ...newProject, db_pass: token, region: token },
      { ...newProject, db_pass: token, organization_slug: `${token} ${token}` },
      { ...newProject, db_pass: token, template_url: `no uri ${token}` },
      token,
      [token],
    ];
    for (const body of bodies) {
      const error = await rejection(client.projects.create(body));
      assert.ok(isInputError(error), String(error));
      assertHidden(error, [token]);
    }
    for (const error of [
      await rejection(client.secrets.create(ref, [{ name: "A", value: value.repeat(3000) }])),
      await rejection(client.secrets.create(ref, [{ name: `SUPABASE_${value}`, value }])),
      await rejection(client.functions.get(`${token} `, "a")),
    ]) {
      assert.ok(isInputError(error), String(error));
      assertHidden(error, [token, value]);
    }
  });

  it("are not in the error of a token function that gives a wrong one", async () => {
    for (const wrong of [`${token} ${token}`, `${token}é`, [token], { token }]) {
      const error = await rejection(clientOf(async () => json([]), { accessToken: () => wrong }).projects.list());
      assert.ok(isInputError(error), String(error));
      assertHidden(error, [token]);
    }
  });

  it("are not in a TimeoutError", async () => {
    const client = clientOf(() => new Promise(() => {}), { timeoutMs: 5 });
    const error = await rejection(client.projects.create({ ...newProject, db_pass: password }));
    for (const text of Object.values(printed(error))) {
      for (const secret of [token, password]) assert.ok(!text.includes(secret), text);
    }
  });
});
