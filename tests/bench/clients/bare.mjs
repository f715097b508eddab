// No client at all: what no client can be faster than.
async function get(path) {
  const response = await fetch(`https://api.supabase.com${path}`, { headers: { authorization: "Bearer sbp_bench" } });
  return response.json();
}

export const projects = () => get("/v1/projects");
export const functions = (ref) => get(`/v1/projects/${ref}/functions`);
