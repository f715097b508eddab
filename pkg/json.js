// What only JavaScript can look at: options, values on their way to JSON, and the parts of a body.

/** The kind of a value, as errors name it. */
export function kindOf(value) {
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isFinite(value)) return `${value}`;
  return isArray(value) ? "array" : typeof value;
}

/** Whether a value is an array. A proxy that was revoked cannot be asked, and counts as an object. */
function isArray(value) {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

/**
 * Options as they are now: what is done to them later does not matter, and no getter of theirs is asked twice. Of options that
 * cannot be read there is no copy: the wasm says what is wrong with them.
 */
export function snapshot(options) {
  if (kindOf(options) !== "object") return options;
  try {
    const copy = { ...options };
    // A URL object may be changed later, and is text to everybody else.
    if (tagOf(copy.baseUrl) === "URL") copy.baseUrl = copy.baseUrl.href;
    const { headers } = copy;
    if (!/object|array/.test(kindOf(headers))) return copy;
    copy.headers = typeof headers[Symbol.iterator] === "function" ? [...headers] : Object.entries(headers);
    return copy;
  } catch {
    return options;
  }
}

/** What an object is, by the word that the language has for it. */
export function tagOf(value) {
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    return "Proxy";
  }
}

/**
 * JSON of a value, or undefined for undefined. What `JSON.stringify` would lose without a word (NaN, functions, undefined in
 * arrays, what is in a Map) is refused instead.
 * @param root what the path of a fault begins with
 * @param refuse makes the error of a path, what was expected there and what is there
 * @param whole the path of a fault of the value as a whole
 */
export function stringify(value, root, refuse, whole = root) {
  if (value === undefined) return undefined;
  const trail = [];
  const fault = (received) => {
    const path = trail.slice(1).reduce((text, [key, holder]) => text + step(key, holder, text), root);
    return refuse(path || whole, "JSON", received);
  };
  const replace = function (key, item) {
    while (trail.length > 1 && trail.at(-1)[2] !== this) trail.pop();
    if (tagOf(item) === "Number") item = +item;
    trail.push([key, this, item]);
    const kind = kindOf(item);
    // Of an object that is neither plain nor has a toJSON, a promise or a Map, JSON shows nothing.
    const plain = kind !== "object" || /^(Object|String|Number|Boolean)$/.test(tagOf(item));
    const lost = /^(NaN|-?Infinity|bigint|function|symbol)$/.test(kind) || (item === undefined && Array.isArray(this));
    if (lost || !plain) throw fault(kind === "object" ? tagOf(item) : kind);
    return item;
  };
  try {
    return JSON.stringify(value, replace);
  } catch (error) {
    if (error?.name === "InputError") throw error;
    // A cycle, a depth that is out of reach, a getter or toJSON that throws.
    const cause = { value: error, configurable: true, writable: true };
    throw Object.defineProperty(fault("what has no JSON"), "cause", cause);
  }
}

/** A key behind a path: `a.b`, `[0]`, `a["odd key"]`. */
function step(key, holder, path) {
  if (Array.isArray(holder)) return `[${key}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return path ? `.${key}` : key;
}

const isBytes = (value) => ArrayBuffer.isView(value) || /^(ArrayBuffer|Blob|File)$/.test(tagOf(value));

/**
 * A body as a call takes it: `body` is what `fetch` gets, `json` the bytes of what is checked of it, `text` what goes out unchecked.
 * @param kind how the endpoint takes its body, in the words of the table; undefined for `client.request`
 */
export function bodyOf(kind, given, refuse) {
  if (kind === "none" || (/bytes/i.test(kind) && isBytes(given))) return { body: given };
  if (kind === "bytes") throw refuse("archive", "bytes or a Blob", given === undefined ? "nothing" : kindOf(given));
  if (kind === undefined && isOpaque(given)) {
    if (isSpent(given)) throw refuse("body", "a stream that nobody reads or has read", "one that is in use");
    return { body: given, text: textOf(given) };
  }
  if (kind === "multipart") return formOf(given, refuse);
  const body = stringify(given, "", refuse, "body");
  // An endpoint that takes a body gets none: the check says so.
  return { body, json: new TextEncoder().encode(body ?? "") };
}

/** What `client.request` hands to `fetch` as it is. */
const isOpaque = (value) =>
  value === undefined || isBytes(value) || /^(String|FormData|URLSearchParams|ReadableStream)$/.test(tagOf(value));

/** Whether a stream is one that `fetch` would refuse: somebody reads it, or has read of it. */
function isSpent(value) {
  if (tagOf(value) !== "ReadableStream") return false;
  try {
    return !new Response(value);
  } catch {
    return true;
  }
}

/** The text of a body that is one, so that its secrets are known. */
const textOf = (value) => (/^(String|URLSearchParams)$/.test(tagOf(value)) ? `${value}` : undefined);

/** Metadata and files. Of a file, its path is checked; what is in it is nobody's business. */
function formOf(given, refuse) {
  const { metadata, file } = Object(given);
  // An archive, people think. The API unpacks none.
  const oneByOne = "source files, one by one: { path, content } or File";
  if (isBytes(given)) throw refuse("body", `{ metadata, file }, with a list of ${oneByOne}`, tagOf(given));
  if (isBytes(file)) throw refuse("file", `a list of ${oneByOne}`, tagOf(file));
  const parts = isArray(file) ? Array.from(file, (item, at) => partOf(item, at, refuse)) : [];
  const paths = isArray(file) ? parts.map(([rest]) => rest) : file;
  const checked = kindOf(given) === "object" ? { ...given, file: paths } : given;
  const json = new TextEncoder().encode(stringify(checked, "", refuse, "body") ?? "");
  const body = new FormData();
  body.append("metadata", stringify(metadata, "metadata", refuse) ?? "");
  for (const [{ path }, content] of parts) body.append("file", new Blob([content]), `${path}`);
  return { body, json };
}

/** What is checked of a file, and what is in it. */
function partOf(item, at, refuse) {
  if (tagOf(item) === "File") return [{ path: item.name }, item];
  const fault = (path, expected, received) => refuse(`file[${at}]${path}`, expected, received);
  if (kindOf(item) !== "object" || isBytes(item)) throw fault("", "File or { path, content }", tagOf(item));
  const { content, ...rest } = item;
  if (typeof content === "string" || isBytes(content)) return [rest, content];
  throw fault(".content", "string, bytes or Blob", content === undefined ? "nothing" : kindOf(content));
}
