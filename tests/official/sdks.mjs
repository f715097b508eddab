// Two other clients of the API, each with a long everyday sequence: supabase-management-js and openapi-fetch.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { installed, organization, ref, serve, token } from "./harness.mjs";

const load = (name) => import(pathToFileURL(installed(name)).href);

/** The calls of supabase-management-js, one after the other. */
async function managementJs({ url }, step) {
  const { SupabaseManagementAPI } = createRequire(installed("supabase-management-js"))(
    installed("supabase-management-js"),
  );
  const api = new SupabaseManagementAPI({ accessToken: token, baseUrl: url });
  await step("getOrganizations", async () => {
    assert.ok((await api.getOrganizations()).some(({ id }) => id === organization));
  });
  await step("createOrganization", async () => assert.ok((await api.createOrganization({ name: "By js" })).id));
  let created;
  await step("createProject", async () => {
    const body = {
      name: "by-js",
      db_pass: "correct-horse",
      organization_id: organization,
      region: "eu-central-1",
      plan: "free",
    };
    created = await api.createProject(body);
    assert.equal(created.name, "by-js");
  });
  await step("getProjects", async () => assert.ok((await api.getProjects()).some(({ id }) => id === created.id)));
  await step("createSecrets", () => api.createSecrets(ref, [{ name: "BY_JS", value: "1" }]));
  await step("getSecrets", async () => assert.ok((await api.getSecrets(ref)).some(({ name }) => name === "BY_JS")));
  await step("deleteSecrets", async () => {
    await api.deleteSecrets(ref, ["BY_JS"]);
    assert.ok(!(await api.getSecrets(ref)).some(({ name }) => name === "BY_JS"));
  });
  await step("createFunction", async () => {
    const body = { slug: "by-js", name: "By js", body: "Deno.serve(() => new Response())", verify_jwt: false };
    assert.equal((await api.createFunction(ref, body, {})).slug, "by-js");
  });
  await step("getFunction", async () => assert.equal((await api.getFunction(ref, "by-js")).name, "By js"));
  await step("updateFunction", async () => {
    assert.equal((await api.updateFunction(ref, "by-js", { name: "Other" })).name, "Other");
  });
  await step("listFunctions", async () =>
    assert.ok((await api.listFunctions(ref)).some(({ slug }) => slug === "by-js")),
  );
  await step("getFunctionBody", async () => assert.ok(await api.getFunctionBody(ref, "by-js")));
  await step("deleteFunction", () => api.deleteFunction(ref, "by-js"));
  await step("getProjectApiKeys", async () => assert.ok((await api.getProjectApiKeys(ref)).length > 1));
  await step("getPostgRESTConfig", async () =>
    assert.equal(typeof (await api.getPostgRESTConfig(ref)).db_schema, "string"),
  );
  await step("updatePostgRESTConfig", async () => {
    assert.equal((await api.updatePostgRESTConfig(ref, { max_rows: 250 })).max_rows, 250);
  });
  await step("getSslEnforcementConfig", async () => assert.ok(await api.getSslEnforcementConfig(ref)));
  await step("runQuery", async () => assert.deepEqual(await api.runQuery(ref, "select 1 as one"), [{ one: 1 }]));
  await step("getTypescriptTypes", async () => assert.ok(await api.getTypescriptTypes(ref)));
  await step("getPgsodiumConfig", async () => assert.ok(await api.getPgsodiumConfig(ref)));
  await step("an error has its status and words", async () => {
    await assert.rejects(api.getFunction(ref, "nobody"), /Not Found|404|Function not found/i);
  });
}

/** The same kind of sequence through openapi-fetch, which knows nothing but paths. */
async function openapiFetch({ url }, step) {
  const { default: createClient } = await load("openapi-fetch");
  const api = createClient({ baseUrl: url, headers: { authorization: `Bearer ${token}` } });
  const params = (path, query) => ({ params: { path: { ref, ...path }, query } });
  const given = async (promise, status) => {
    const { data, error, response } = await promise;
    assert.equal(response.status, status, JSON.stringify(error));
    return data;
  };
  let branch;
  await step("GET /v1/projects", async () => assert.ok((await given(api.GET("/v1/projects"), 200)).length > 2));
  await step("POST branches", async () => {
    branch = await given(
      api.POST("/v1/projects/{ref}/branches", { ...params(), body: { branch_name: "by-fetch" } }),
      201,
    );
    assert.equal(branch.name, "by-fetch");
  });
  await step("GET branch", async () => {
    const path = { branch_id_or_ref: branch.id };
    assert.equal(
      (await given(api.GET("/v1/branches/{branch_id_or_ref}", { params: { path } }), 200)).ref,
      branch.project_ref,
    );
  });
  await step("DELETE branch", async () => {
    const path = { branch_id_or_ref: branch.id };
    await given(api.DELETE("/v1/branches/{branch_id_or_ref}", { params: { path, query: { force: true } } }), 200);
  });
  await step("POST secrets", () =>
    given(
      api.POST("/v1/projects/{ref}/secrets", {
        ...params(),
        body: [{ name: "BY_FETCH", value: "1" }],
        parseAs: "text",
      }),
      201,
    ),
  );
  await step("PATCH config/auth", async () => {
    const body = { site_url: "https://by-fetch.example" };
    const config = await given(api.PATCH("/v1/projects/{ref}/config/auth", { ...params(), body }), 200);
    assert.equal(config.site_url, "https://by-fetch.example");
  });
  await step("GET config/auth", async () => {
    assert.equal(
      (await given(api.GET("/v1/projects/{ref}/config/auth", params()), 200)).site_url,
      "https://by-fetch.example",
    );
  });
  await step("POST api-keys", async () => {
    const body = { type: "secret", name: "by_fetch", secret_jwt_template: { role: "service_role" } };
    const key = await given(api.POST("/v1/projects/{ref}/api-keys", { ...params({}, { reveal: true }), body }), 201);
    assert.match(key.api_key, /^sb_secret_/);
  });
  await step("GET functions", async () =>
    assert.ok((await given(api.GET("/v1/projects/{ref}/functions", params()), 200)).length > 0),
  );
  await step("POST functions/deploy", async () => {
    const body = new FormData();
    body.append("metadata", JSON.stringify({ name: "by-fetch", entrypoint_path: "index.ts" }));
    body.append("file", new Blob(["Deno.serve(() => new Response())"]), "index.ts");
    const asIs = { body, bodySerializer: (form) => form };
    const made = await given(
      api.POST("/v1/projects/{ref}/functions/deploy", { ...params({}, { slug: "by-fetch" }), ...asIs }),
      201,
    );
    assert.equal(made.slug, "by-fetch");
  });
  await step("POST database/query", async () => {
    const body = { query: "select 'Zoë' as name" };
    assert.deepEqual(await given(api.POST("/v1/projects/{ref}/database/query", { ...params(), body }), 201), [
      { name: "Zoë" },
    ]);
  });
  await step("GET advisors/security", async () => {
    assert.ok(Array.isArray((await given(api.GET("/v1/projects/{ref}/advisors/security", params()), 200)).lints));
  });
  await step("GET /v2/projects/{ref}/config", async () => {
    const { data } = await given(api.GET("/v2/projects/{ref}/config", params()), 200);
    assert.equal(typeof data.attributes, "object");
  });
  await step("a refusal has its words", async () => {
    const { error, response } = await api.POST("/v1/projects/{ref}/secrets", { ...params(), body: { name: 1 } });
    assert.equal(response.status, 400);
    assert.equal(typeof error.message, "string");
  });
}

export const sequences = { "supabase-management-js": managementJs, "openapi-fetch": openapiFetch };

/** Runs both sequences. `tell` hears of each step. */
export async function trySdks(tell, { server = undefined } = {}) {
  for (const [name, sequence] of Object.entries(sequences)) {
    const own = server ?? (await serve());
    const step = async (title, run) => {
      try {
        await run();
        tell({ title: `${name}: ${title}` });
      } catch (error) {
        tell({ title: `${name}: ${title}`, error });
      }
    };
    try {
      await sequence(own, step);
    } finally {
      if (!server) await own.end();
    }
  }
}
