// Every call that the page makes goes through here, and is shown with its route, status and time, and the line of code
// that made it.
import { SupabaseManagement } from "../pkg/index.js";
import { byId, stamp, write } from "./dom.js";

/** Fields whose values are nobody's business, or too long for a line. */
const hidden = new Set(["accessToken", "body", "db_pass", "value"]);

/** How many entries the list keeps. */
const most = 200;

/** A value as one writes it in JavaScript. */
function literal(value, key) {
  if (hidden.has(key)) return '"…"';
  if (Array.isArray(value)) return `[${value.map((item) => literal(item)).join(", ")}]`;
  if (Object(value) !== value) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{ ${fields.map(([name, item]) => `${name}: ${literal(item, name)}`).join(", ")} }`;
}

/** The line of code that makes a call: `await client.functions.get("hqvk…", "hello")`. */
export const codeOf = (id, args) => `await client.${id}(${args.map((value) => literal(value)).join(", ")})`;

/** The line that makes a client. */
export const clientCode = (options) => `const client = new SupabaseManagement(${options})`;

/** The method of an id: of `v2.branches.create` it is `client.v2.branches.create`. */
export const methodOf = (client, id) => id.split(".").reduce((holder, name) => holder[name], client);

const probe = new SupabaseManagement({
  accessToken: "none",
  fetch: () => Promise.reject(new Error("nothing is sent from here")),
});
const routes = new Map();

/** Method and path of an endpoint. All errors tell them, so ask for one: no endpoint has such an argument. */
async function routeOf(id) {
  if (!routes.has(id)) {
    const { route } = await methodOf(probe, id)({ "no such thing": true }).catch((error) => error);
    routes.set(id, route);
  }
  return routes.get(id);
}

const duration = (ms) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

function newEntry(method, path, code) {
  const element = stamp("entry", { method, path, code });
  const entries = byId("log-entries");
  entries.prepend(element);
  if (entries.children.length > most) entries.lastElementChild.remove();
  return { element, method, path, times: 0 };
}

function settle(entry, { status, error, ms }) {
  entry.times += 1;
  const outcome = error ? [error.name, error.status].filter(Boolean).join(" ") : String(status);
  const times = entry.times > 1 ? `×${entry.times}` : "";
  write(entry.element, { outcome, times, ms: duration(ms), words: error?.message ?? "" });
  entry.element.classList.toggle("failed", Boolean(error));
  byId("log-latest").textContent = `${entry.method} ${entry.path} · ${outcome} · ${duration(ms)}`;
}

/**
 * The methods of a client, each of them noting its calls down.
 * @param merge whether equal calls share one entry, as long as they succeed
 */
export function recorded(client, { merge = false } = {}) {
  const known = new Map();

  const make =
    (id, call) =>
    async (...args) => {
      const [method, path] = (await routeOf(id)).split(" ");
      const code = codeOf(id, args);
      const entry = known.get(code) ?? newEntry(method, path, code);
      const begin = performance.now();
      try {
        const { data, status } = await call(...args).withResponse();
        settle(entry, { status, ms: performance.now() - begin });
        if (merge) known.set(code, entry);
        return data;
      } catch (error) {
        const failed = entry.times > 0 ? newEntry(method, path, code) : entry;
        settle(failed, { error, ms: performance.now() - begin });
        throw error;
      }
    };

  const all = (holder, before) => {
    const made = Object.entries(holder).map(([name, one]) => {
      const id = `${before}${name}`;
      return [name, typeof one === "function" ? make(id, one) : all(one, `${id}.`)];
    });
    return Object.fromEntries(made);
  };
  return all(client, "");
}

export function clearCalls() {
  byId("log-entries").replaceChildren();
  byId("log-latest").textContent = "";
}
