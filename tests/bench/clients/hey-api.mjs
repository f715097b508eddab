// The same for both of its kinds: whether answers are checked is decided when its code is generated.
import { client } from "generated/client.gen";
import * as sdk from "generated/sdk.gen";

client.setConfig({ auth: "sbp_bench", baseUrl: "https://api.supabase.com", throwOnError: true });
if (import.meta.env.ALL) globalThis.client = sdk;

export async function projects() {
  const { data } = await sdk.v1ListAllProjects();
  return data;
}

export async function functions(ref) {
  const { data } = await sdk.v1ListAllFunctions({ path: { ref } });
  return data;
}
