// An everyday deploy, the same in Node, Deno, Bun and Workers: what differs is printed, and then that is sent.
import { SupabaseManagement } from "supabase-management-wasm";
import { plan } from "supabase-management-wasm/deploy";

export async function deploy(folder, ref, env) {
  const client = new SupabaseManagement({ accessToken: env.SUPABASE_ACCESS_TOKEN, baseUrl: env.SUPABASE_API_URL });
  const work = await plan(client, ref, { ...folder, env });
  console.log(`${work}`);
  return work.apply();
}
