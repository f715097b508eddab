// The names of globals.d.ts as values: loaded before an example that is run. The API is a sandbox, whatever way an example takes
// to it, and nothing leaves the machine.
import { SupabaseManagement } from "supabase-management-wasm";
import { createSandbox } from "supabase-management-wasm/sandbox";

const sandbox = createSandbox({ startupMs: 0 });

// An example asks the API itself, or the sandbox at the address that a guide gives it.
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { hostname } = new URL(request.url);
  if (hostname === "api.supabase.com" || hostname === "localhost" || hostname === "127.0.0.1")
    return sandbox.fetch(request);
  throw new Error(`an example of the documents asks ${hostname}`);
};
process.env.SUPABASE_ACCESS_TOKEN ??= "sbp_try";

const client = new SupabaseManagement();
const ref = "hqvkzumdtlrwaxbeogcy";
Object.assign(globalThis, {
  sandbox,
  client,
  ref,
  from: ref,
  to: "wnfcjpoybtgxirdkqseu",
  project: await client.projects.get(ref),
  accessToken: "sbp_try",
});
