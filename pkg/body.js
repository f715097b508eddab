// What goes into the body of a request: a text that the wasm checks, and what `fetch` gets.
import { inputError } from "./errors.js";
import { form, free, kindOf, pairsOf, stringify, tag } from "./options.js";

/** Kinds of body in the table. */
const [none, orBytes, files] = [0, 2, 5];

/** @returns `json`: what is checked, where there is something to check; `body`: what is sent */
export function bodyOf(row, body) {
  if (isRaw(row, body)) return { body };
  if (row.body === files) return multipart(row, body);
  const json = stringify(body, "", row);
  // A value of the wrong kind is the check's to refuse.
  if (row.body === form) return { json, body: json && pairsOf(row, "", JSON.parse(json)).join("&") };
  return { json, body: json };
}

/** Whether a body goes out as it is. */
function isRaw(row, body) {
  const bytes = isBytes(body);
  if (row.body === free) return bytes || /^(Undefined|String|FormData|URLSearchParams|ReadableStream)$/.test(tag(body));
  return row.body === none || (row.body === orBytes && bytes);
}

const isBytes = (value) => ArrayBuffer.isView(value) || /^(ArrayBuffer|Blob|File)$/.test(tag(value));

/** Metadata and files. Of a file, its path is checked; what is in it is nobody's business. */
function multipart(row, given) {
  const { metadata, file } = Object(given);
  const parts = Array.isArray(file) ? Array.from(file, (item, at) => partOf(row, item, at)) : [];
  const paths = Array.isArray(file) ? parts.map(([rest]) => rest) : file;
  const json = stringify(kindOf(given) === "object" ? { ...given, file: paths } : given, "", row);
  const body = new FormData();
  body.append("metadata", stringify(metadata, "metadata", row));
  for (const [{ path }, content] of parts) body.append("file", new Blob([content]), `${path}`);
  return { json, body };
}

/** What is checked of a file, and what is in it. */
function partOf(row, item, at) {
  if (tag(item) === "File") return [{ path: item.name }, item];
  const refuse = (path, expected, received) => inputError(row, `file[${at}]${path}`, expected, received);
  if (kindOf(item) !== "object") throw refuse("", "File or { path, content }", kindOf(item));
  const { content, ...rest } = item;
  if (typeof content === "string" || isBytes(content)) return [rest, content];
  throw refuse(".content", "string, bytes or Blob", content === undefined ? "nothing" : kindOf(content));
}
