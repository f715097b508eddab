// Options of a proxy. All of them are looked at when it is made: what is misspelt must not wait for a request to show.
import { InputError } from "../errors.js";
import { secretFields } from "./secrets.js";

export const wrong = (path, expected, received) => {
  const own = { path: `options${path}`, expected, received };
  const message = `createProxy: options${path}: expected ${expected}, received ${received}`;
  return new InputError({ message, endpoint: "createProxy", own });
};

const kindOf = (value) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);
const isFunction = (value) => typeof value === "function";

/** What an option must be, in words and as a test. The other options are the client's, which checks them. */
const rules = {
  allow: ["array", Array.isArray],
  authorize: ["function", isFunction],
  expose: ["object", (value) => kindOf(value) === "object"],
  hide: ["object", (value) => kindOf(value) === "object"],
  maxBodyBytes: ["a whole number of bytes, 0 or more", (value) => Number.isSafeInteger(value) && value >= 0],
  onError: ["function", isFunction],
  origins: ["array", Array.isArray],
  prefix: [
    "a path such as /api/supabase, without a slash at its end",
    (value) => typeof value === "string" && /^(\/[\w~-][\w.~-]*)*$/.test(value),
  ],
};
const ofClient = ["accessToken", "allowInsecure", "baseUrl", "fetch", "timeoutMs"];

/** Checks what there is, and gives it in two parts: the options of the proxy, and those of the client behind it. */
export function checkedOptions(given) {
  if (kindOf(given) !== "object") throw wrong("", "object", kindOf(given));
  const [own, client] = [{}, {}];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (ofClient.includes(name)) client[name] = value;
    else if (Object.hasOwn(rules, name)) own[name] = value;
    else
      throw wrong(`.${name}`, `a known option${hint(name, [...Object.keys(rules), ...ofClient])}`, "an unknown option");
  }
  for (const [name, [expected, fits]] of Object.entries(rules)) {
    const isRequired = name === "allow" || name === "authorize";
    if (name in own ? !fits(own[name]) : isRequired) {
      const received = name in own ? kindOf(own[name]) : "nothing";
      throw wrong(`.${name}`, expected, typeof own[name] === "string" ? "another string" : received);
    }
  }
  return [own, client];
}

/** The endpoints that a list of names and of `resource.*` allows. */
export function allowedRows(allow, rows) {
  const ids = rows.map(({ id }) => id);
  const groups = new Set(
    ids.flatMap((id) => id.split(".").map((_, at, words) => [...words.slice(0, at), "*"].join("."))),
  );
  // All that this API can do is nothing that anybody means to hand to a page.
  groups.delete("*");
  const allowed = new Set();
  allow.forEach((name, at) => {
    const found = rows.filter(({ id }) => id === name || (groups.has(name) && id.startsWith(name.slice(0, -1))));
    if (found.length === 0) {
      const expected = `an endpoint, or a resource with .*, that a proxy passes${hint(name, [...ids, ...groups])}`;
      throw wrong(`.allow[${at}]`, expected, typeof name === "string" ? "another string" : kindOf(name));
    }
    for (const row of found) allowed.add(row.id);
  });
  return allowed;
}

/** The fields to take out of answers, by endpoint: those that are secret and not exposed, and those to hide. */
export function hiddenFields({ expose = {}, hide = {} }, rows) {
  const hidden = new Map(rows.map(({ id }) => [id, new Set()]));
  for (const [ids, names] of secretFields) {
    for (const id of ids.split(" ")) if (hidden.has(id)) hidden.set(id, new Set(names.split(" ")));
  }
  const each = (option, lists, run) => {
    for (const [id, names] of Object.entries(lists)) {
      if (!hidden.has(id))
        throw wrong(`.${option}`, `names of endpoints${hint(id, [...hidden.keys()])}`, "an unknown one");
      const path = `.${option}["${id}"]`;
      if (!Array.isArray(names)) throw wrong(path, "array of names of fields", kindOf(names));
      for (const name of names) run(hidden.get(id), name, path);
    }
  };
  each("expose", expose, (fields, name, path) => {
    if (fields.delete(name)) return;
    const known = [...fields].join(", ");
    throw wrong(
      path,
      known ? `secret fields of the endpoint, there are ${known}` : "no fields, as none is secret",
      "another one",
    );
  });
  each("hide", hide, (fields, name, path) => {
    if (typeof name !== "string" || name === "") throw wrong(path, "names of fields", kindOf(name));
    fields.add(name);
  });
  return hidden;
}

/** The origins of pages that may ask besides those of the proxy's own. */
export function checkedOrigins(origins = []) {
  const originOf = (text) => {
    try {
      return new URL(text).origin;
    } catch {
      return undefined;
    }
  };
  origins.forEach((origin, at) => {
    const fits = typeof origin === "string" && /^https?:/.test(origin) && originOf(origin) === origin;
    if (!fits) throw wrong(`.origins[${at}]`, "an origin such as https://panel.example", "something else");
  });
  return new Set(origins);
}

/** The known name that a wrong one was probably meant to be, by the rule of the client's own hints (src/text.rs). */
function hint(word, names) {
  const wanted = letters(word);
  let best;
  let most = 0;
  for (const name of names) {
    const known = letters(name);
    const shorter = Math.min(wanted.length, known.length);
    const begin = alike(wanted, known);
    const end = alike([...wanted].reverse(), [...known].reverse());
    const same = Math.min(begin + end, shorter);
    if (same > most && same * 2 >= Math.max(wanted.length, known.length)) [best, most] = [name, same];
  }
  return best === undefined ? "" : ` (did you mean ${best}?)`;
}

const letters = (text) => String(text).toLowerCase().replace(/[_-]/g, "");

function alike(one, other) {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count++;
  return count;
}
