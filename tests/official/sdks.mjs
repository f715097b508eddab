// Two other clients of the API, each with a long everyday sequence: supabase-management-js and openapi-fetch.
import assert from "node:assert/strict";
import { organization, ref, serve, token } from "./harness.mjs";

/** Loads a package as its users do, from the folder that it is installed in. */
const load = (name) => import(new URL(`./node_modules/${name}/dist/index.mjs`, import.meta.url).href);

/** The calls of supabase-management-js, one after the other. Each gives the data, the status and the headers. */
async function managementJs({ url }, step) {
  const { SupabaseManagementAPI } = await load("supabase-management-js");
  const api = new SupabaseManagementAPI({ accessToken: token, baseUrl: url });
  const hasSlug = (list, slug) => list.some((one) => one.slug === slug);
  await step("listAllOrganizations", async () =>
    assert.ok(hasSlug((await api.listAllOrganizations()).data, organization)),
  );
  await step("createAnOrganization", async () => {
    assert.equal((await api.createAnOrganization({ name: "By js" })).data.name, "By js");
  });
  let created;
  await step("createAProject", async () => {
    const body = { name: "by-js", db_pass: "correct-horse", organization_slug: organization, region: "eu-central-1" };
    created = (await api.createAProject(body)).data;
    assert.equal(created.name, "by-js");
  });
  await step("listAllProjects", async () => {
    assert.ok((await api.listAllProjects()).data.some(({ ref }) => ref === created.ref));
  });
  await step("getServicesHealth", async () => {
    for (let tries = 0; tries < 50; tries++) {
      const { data } = await api.getServicesHealth(created.ref, { services: ["db", "auth"] });
      if (data.every(({ status }) => status === "ACTIVE_HEALTHY")) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail("it never became healthy");
  });
  await step("bulkCreateSecrets", async () => {
    assert.equal((await api.bulkCreateSecrets(ref, [{ name: "BY_JS", value: "1" }])).status, 201);
  });
  await step("listAllSecrets", async () => {
    assert.ok((await api.listAllSecrets(ref)).data.some(({ name }) => name === "BY_JS"));
  });
  await step("bulkDeleteSecrets", async () => {
    await api.bulkDeleteSecrets(ref, ["BY_JS"]);
    assert.ok(!(await api.listAllSecrets(ref)).data.some(({ name }) => name === "BY_JS"));
  });
  // It sends text, unless it is told what the text is.
  const asJson = { headers: { "content-type": "application/json" } };
  await step("createAFunction", async () => {
    const body = { slug: "by-js", name: "By js", body: "Deno.serve(() => new Response())", verify_jwt: false };
    assert.equal((await api.createAFunction(ref, body, undefined, asJson)).data.verify_jwt, false);
  });
  await step("getAFunction", async () => assert.equal((await api.getAFunction(ref, "by-js")).data.name, "By js"));
  await step("updateAFunction", async () => {
    assert.equal((await api.updateAFunction(ref, "by-js", { name: "Other" }, undefined, asJson)).data.name, "Other");
  });
  await step("listAllFunctions", async () => assert.ok(hasSlug((await api.listAllFunctions(ref)).data, "by-js")));
  await step("deleteAFunction", async () => {
    await api.deleteAFunction(ref, "by-js");
    assert.ok(!hasSlug((await api.listAllFunctions(ref)).data, "by-js"));
  });
  await step("getProjectApiKeys", async () => {
    const { data } = await api.getProjectApiKeys(ref, { reveal: true });
    assert.match(data.find(({ type }) => type === "secret").api_key, /^sb_secret_/);
  });
  await step("updatePostgrestServiceConfig", async () => {
    assert.equal((await api.updatePostgrestServiceConfig(ref, { max_rows: 250 })).data.max_rows, 250);
    assert.equal((await api.getPostgrestServiceConfig(ref)).data.max_rows, 250);
  });
  await step("updateAuthServiceConfig", async () => {
    const { data } = await api.updateAuthServiceConfig(ref, { site_url: "https://by-js.example" });
    assert.equal(data.site_url, "https://by-js.example");
  });
  await step("applyAMigration", async () => {
    await api.applyAMigration(ref, { name: "by_js", query: "create table by_js (id int primary key);" });
    assert.ok((await api.listMigrationHistory(ref)).data.some(({ name }) => name === "by_js"));
  });
  await step("runAQuery", async () => {
    const { data } = await api.runAQuery(ref, { query: "insert into by_js values (7) returning id" });
    assert.deepEqual(data, [{ id: 7 }]);
  });
  await step("generateTypescriptTypes", async () => {
    assert.match((await api.generateTypescriptTypes(ref)).data.types, /by_js: \{/);
  });
  await step("pauseAProject, restoreAProject", async () => {
    await api.pauseAProject(created.ref);
    const status = async () => (await api.getProject(created.ref)).data.status;
    for (let tries = 0; tries < 200 && (await status()) !== "INACTIVE"; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await status(), "INACTIVE");
    await api.restoreAProject(created.ref);
    assert.notEqual(await status(), "INACTIVE");
  });
  await step("an error has its status and words", async () => {
    await assert.rejects(api.getAFunction(ref, "nobody"), { status: 404, data: { message: "Function not found" } });
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
