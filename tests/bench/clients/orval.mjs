// It generates functions and no client: the address is fixed then, the token goes with every call.
import * as api from "generated/api";

if (import.meta.env.ALL) globalThis.client = api;
const options = { headers: { Authorization: "Bearer sbp_bench" } };

export async function projects() {
  const { data } = await api.v1ListAllProjects(options);
  return data;
}

export async function functions(ref) {
  const { data } = await api.v1ListAllFunctions(ref, options);
  return data;
}
