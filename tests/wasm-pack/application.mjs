// Uses the client against the sandbox, and prints what came of it.
export async function use(exports) {
  const { SupabaseManagement, isApiError, isInputError, InputError, waitUntil } = exports;
  const client = new SupabaseManagement({ accessToken: "sbp_any", baseUrl: process.argv[2] });
  const [{ slug }] = await client.organizations.list();
  const project = await client.projects.create({
    name: "blog",
    db_pass: "correct horse battery",
    organization_slug: slug,
  });
  // The sandbox has no `projects.get`, which the client's own waiters poll.
  const { status } = await waitUntil(
    async () => (await client.projects.list()).find(({ ref }) => ref === project.ref),
    (found) => found?.status === "ACTIVE_HEALTHY",
    { pollMs: 10, deadlineMs: 10_000 },
  );
  await client.secrets.create(project.ref, [{ name: "API_URL", value: "https://example.com" }]);
  const secrets = (await client.secrets.list(project.ref)).map(({ name }) => name);
  const missing = await client.functions.get(project.ref, "missing").catch((error) => error);
  const wrong = await client.secrets.create(project.ref, [{ name: "SUPABASE_X", value: "" }]).catch((error) => error);
  const found = {
    names: Object.keys(exports).filter((name) => !["module.exports", "__esModule"].includes(name)),
    created: project.name,
    status,
    secrets,
    apiError: isApiError(missing) && missing.status,
    inputError: isInputError(wrong) && wrong instanceof InputError && wrong.path,
    state: client.oauth.createState().length,
  };
  console.log(JSON.stringify(found));
}
