import { SupabaseManagementAPI, v1ListAllFunctions, v1ListAllProjects } from "supabase-management-js";

const accessToken = "sbp_bench";
// Its class has all operations; who wants few takes the functions behind it.
const client = import.meta.env.ALL ? new SupabaseManagementAPI({ accessToken }) : undefined;
const options = { baseUrl: "https://api.supabase.com", headers: { Authorization: `Bearer ${accessToken}` } };

export async function projects() {
  const { data } = await (client ? client.listAllProjects() : v1ListAllProjects(options));
  return data;
}

export async function functions(ref) {
  const { data } = await (client ? client.listAllFunctions(ref) : v1ListAllFunctions(ref, options));
  return data;
}
