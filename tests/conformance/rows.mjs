// The methods of the client, by what errors say of them: nobody else tells which method calls which endpoint.
import { SupabaseManagement } from "../../pkg/index.js";

/** Methods that call nothing. */
const local = ["oauth.createPkce", "oauth.createState"];

/** @returns rows as `{ id, verb, path, call }`, the latter to be called with a client and the arguments */
export async function clientRows() {
  const client = new SupabaseManagement({ accessToken: "sbp_x", baseUrl: "http://127.0.0.1:9" });
  const rows = [];
  for (const [group, resource] of Object.entries(client)) {
    for (const name of Object.keys(resource)) {
      if (local.includes(`${group}.${name}`)) continue;
      // Waiters call what others call.
      if (name.startsWith("waitUntil")) continue;
      const { endpoint, route } = await refusal(() => resource[name](...Array(9).fill({})));
      const [verb, path] = route.split(" ");
      if (endpoint !== `${group}.${name}`) throw new Error(`${group}.${name} is ${endpoint}`);
      rows.push({ id: endpoint, verb, path, call: (client, args) => client[group][name](...args) });
    }
  }
  return rows;
}

/** What a call throws or rejects with. */
async function refusal(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("nine arguments were taken");
}
