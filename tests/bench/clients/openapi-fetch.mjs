// Knows no endpoints: its types come from openapi-typescript, of which nothing is left at run time.
import createClient from "openapi-fetch";

const client = createClient({
  baseUrl: "https://api.supabase.com",
  headers: { Authorization: "Bearer sbp_bench" },
});

async function get(path, params) {
  const { data, error } = await client.GET(path, { params });
  if (error) throw error;
  return data;
}

export const projects = () => get("/v1/projects");
export const functions = (ref) => get("/v1/projects/{ref}/functions", { path: { ref } });
