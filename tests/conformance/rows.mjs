// The methods of the client, by what errors say of them: nobody else tells which method calls which endpoint.
import { SupabaseManagement } from "../../pkg/index.js";

/** Methods that call nothing, or what others call. */
const local = ["oauth.createPkce", "oauth.createState", "v2.compute.upload"];

/** @returns rows as `{ id, verb, path, call }`, the latter to be called with a client and the arguments */
export async function clientRows() {
  const client = new SupabaseManagement({ accessToken: "sbp_x", baseUrl: "http://127.0.0.1:9" });
  const rows = [];
  for (const id of idsOf(client)) {
    if (local.includes(id)) continue;
    // Waiters call what others call.
    if (id.includes(".waitUntil")) continue;
    const { endpoint, route } = await refusal(() => methodOf(client, id)(...Array(9).fill({})));
    const [verb, path] = route.split(" ");
    if (endpoint !== id) throw new Error(`${id} is ${endpoint}`);
    rows.push({ id, verb, path, call: (client, args) => methodOf(client, id)(...args) });
  }
  return rows;
}

/** The method of an id: of `v2.branches.create` it is `client.v2.branches.create`. Undefined where there is none. */
export const methodOf = (client, id) => id.split(".").reduce((holder, name) => holder?.[name], client);

/** The ids of all methods of the properties of a client. */
export const idsOf = (holder, before = "") =>
  Object.entries(holder).flatMap(([name, one]) =>
    typeof one === "function" ? [`${before}${name}`] : idsOf(one, `${before}${name}.`),
  );

/** What a call throws or rejects with. */
async function refusal(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("nine arguments were taken");
}
