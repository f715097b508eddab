// Which endpoint a request is for, and where it goes. What is right is said by the client's own rules, which are Rust; here
// an address is taken apart for them. It passes only in the form that the client writes: whatever a server behind could read
// in two ways, double encodings for instance, is in another form.
import { refuse } from "./refusal.js";

/** What the value of a path must not hold: a server that decodes once more than others could take it for something else. */
const ambiguous = /[\\%;?\p{Cc}]/u;

/**
 * The endpoints that a proxy can pass on, each with its `verb`, its `path`, and the `names` of what stands in it. Those of
 * OAuth are not among them: they are for an app that has secrets of its own, and build addresses. Nor is the upload, which
 * goes to another host.
 */
export function passable(runtime) {
  const rows = runtime.invoke("table").map((row, endpoint) => {
    const [verb, path] = row.route.split(" ");
    const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
    return { ...row, endpoint, verb, path, names };
  });
  return rows.filter(({ id, path }) => path.startsWith("/") && !id.startsWith("oauth."));
}

/** What finds the endpoint of a method and a path, and checks the rest of an address. */
export function defineTarget(client, rows) {
  const known = new Map(rows.map((row) => [row.route, row]));
  const ask = (name, call) => client.runtime.invoke(name, { client, ...call });

  /** Methods are compared as they are written: `patch` is none. */
  function rowOf(method, path) {
    const row = known.get(ask("routeOf", { values: [method, path] }));
    return row?.verb === method ? row : undefined;
  }

  /** The values in a path, decoded, in the order of their names. */
  function valuesOf(row, path) {
    const given = path.split("/");
    const values = row.path.split("/").flatMap((part, at) => (part.startsWith("{") ? [decoded(given[at])] : []));
    values.forEach((value, at) => {
      // A name of a branch may have slashes; what they divide must be no way up.
      const harmless = !ambiguous.test(value) && value.split("/").every((part) => !/^\.{0,2}$/.test(part));
      if (!harmless) refuse(400, `${row.names[at]}: it has characters that do not pass`);
    });
    const plain = filled(row, values);
    const other = plain === path ? row : (rowOf(row.verb, plain) ?? row);
    if (other !== row) refuse(400, "the path leads to two endpoints");
    return values;
  }

  /** Values, query and address of a request that passed its checks. */
  function targetOf(row, path, search) {
    const values = valuesOf(row, path);
    const { url, query } = checked(row, values, fieldsOf(row, search));
    if (!url.split("?")[0].endsWith(path)) refuse(400, "the path is not in the form that the client writes");
    return { url, query, path: Object.fromEntries(row.names.map((name, at) => [name, values[at]])) };
  }

  /**
   * Of a query only texts are known, and the types are the table's: each parameter is a text first, and takes its next form
   * where the check refuses it.
   */
  function checked({ id, endpoint }, values, fields) {
    for (;;) {
      const query = queryOf(fields);
      const { url, error } = ask("address", { id, endpoint, values, query: JSON.stringify(query) });
      if (!error) return { url, query };
      const fault = error.own;
      const field = fields.find(({ forms: [{ at }] }) => isInside(fault.path, at) || isInside(at, fault.path));
      if (!field || field.forms.length === 1) refuse(400, wordsOf(fault, field));
      field.fault = fault;
      field.forms.shift();
    }
  }

  return { rowOf, targetOf };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse(400, "the path is not in the form that the client writes");
  }
}

const filled = (row, [...values]) => row.path.replace(/\{\w+\}/g, () => values.shift());

/** The parameters of a query, each with the `forms` that it may have had before it became text. */
function fieldsOf({ hasQuery }, search) {
  const given = new Map();
  for (const [name, value] of new URLSearchParams(search)) given.set(name, [...(given.get(name) ?? []), value]);
  if (given.size > 0 && !hasQuery) refuse(400, "the endpoint takes no query");
  return Array.from(given, ([name, values]) => ({ forms: formsOf(name, values) }));
}

function formsOf(name, values) {
  const [, outer, inner] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(name) ?? [];
  const places = [[name], ...(outer === undefined ? [] : [[outer, inner]])];
  const [value] = values;
  const single = [value];
  if (`${Number(value)}` === value && Number.isFinite(Number(value))) single.push(Number(value));
  if (value === "true" || value === "false") single.push(value === "true");
  const kinds = [...(values.length > 1 ? [] : single), values];
  return places.flatMap((keys) => kinds.map((value) => ({ keys, value, at: keys.reduce(step, "query") })));
}

/** What is wrong, in the words of the client. That a list is no number is said of the form that was tried last, and helps nobody. */
function wordsOf(fault, field) {
  const needless = Array.isArray(field?.forms[0].value) && fault.path === field.forms[0].at;
  const { path, expected, received } = (needless && field.fault) || fault;
  return `${path}: expected ${expected}, received ${received}`;
}

/** A key behind a path, as faults have it. */
const step = (path, key) => path + (/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);

/** Whether a path is another one, or leads further into it. */
const isInside = (path, other) => path.startsWith(other) && /^($|[.[])/.test(path.slice(other.length));

const twice = "the query has a parameter twice";

/** The object of a query. It has no prototype, whose names would be no names of their own. */
function queryOf(fields) {
  const query = Object.create(null);
  for (const { forms } of fields) {
    const [{ keys, value }] = forms;
    let holder = query;
    for (const key of keys.slice(0, -1)) {
      holder = holder[key] ??= Object.create(null);
      if (typeof holder !== "object" || Array.isArray(holder)) refuse(400, twice);
    }
    if (keys.at(-1) in holder) refuse(400, twice);
    holder[keys.at(-1)] = value;
  }
  return query;
}
