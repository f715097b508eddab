// What the environment says where the user said nothing.

const variables = { accessToken: "SUPABASE_ACCESS_TOKEN", baseUrl: "SUPABASE_API_URL" };

/** A variable of the environment, where the runtime has one and lets us see it without asking the user. */
function read(name) {
  const { Deno, process } = globalThis;
  try {
    const granted = !Deno || Deno.permissions.querySync({ name: "env", variable: name }).state === "granted";
    return (granted && (Deno ? Deno.env.get(name) : process?.env?.[name])?.trim()) || undefined;
  } catch {
    return undefined;
  }
}

/** Options of a client that it did not give and the environment has; and the same by the names of the variables. */
export function environment(given) {
  const found = { options: {}, variables: {} };
  for (const [option, variable] of Object.entries(variables)) {
    const value = given[option] === undefined ? read(variable) : undefined;
    if (value === undefined) continue;
    found.options[option] = value;
    found.variables[variable] = value;
  }
  return found;
}
