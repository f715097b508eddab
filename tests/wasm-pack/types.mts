// The types of what wasm-pack makes. Checked by wasm-pack.test.js; never run.
import {
  type Call,
  type Project,
  SupabaseManagement,
  createTokenSource,
  isApiError,
  waitUntil,
  writable,
} from "supabase-management-wasm";

const client = new SupabaseManagement({ accessToken: "sbp_any", validation: "strict" });
const call: Call<Project[]> = client.projects.list();
const projects: Project[] = await call;
const { status } = await call.withResponse();
const numbers: number[] = [
  status,
  await waitUntil(
    () => 1,
    (found) => found === 1,
  ),
];
const token: string = await createTokenSource({ clientId: "a" })();
for await (const progress of client.projects.waitUntilHealthy("ref")) progress.elapsedMs.toFixed();
await client.projects.get("ref").catch((error: unknown) => (isApiError(error) ? error.status.toFixed() : undefined));
const { body } = writable("postgrest.updateConfig", await client.postgrest.getConfig("ref"));
await client.postgrest.updateConfig("ref", body);
export { numbers, projects, token };

// @ts-expect-error there is no such method
client.projects.lists();
// @ts-expect-error there is no such option
new SupabaseManagement({ token: "sbp_any" });
// @ts-expect-error a body has a type
client.secrets.create("ref", [{ name: 1, value: "" }]);
