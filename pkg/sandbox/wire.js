// Messages of Postgres' protocol, so that a statement goes to the database and its rows come back as Postgres writes them: what a
// driver makes of them in between loses digits, and columns that share a name.

const encoder = new TextEncoder();

/** A message: its letter, its length, its content. */
function message(letter, ...parts) {
  const content = parts.map((part) => (typeof part === "string" ? encoder.encode(`${part}\0`) : part));
  const length = content.reduce((sum, { length }) => sum + length, 4);
  const bytes = new Uint8Array(length + 1);
  bytes[0] = letter.charCodeAt();
  bytes.set(number(length, 4), 1);
  let at = 5;
  for (const part of content) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function number(value, size) {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  if (size === 2) view.setInt16(0, value);
  else view.setInt32(0, value);
  return bytes;
}

function joined(...messages) {
  const bytes = new Uint8Array(messages.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of messages) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}

/**
 * One or several statements, all or none of them. A `COPY … FROM STDIN` would wait for data that nobody sends, and end the
 * database: it gets a refusal, which Postgres overlooks where there is no COPY.
 */
export const simple = (sql) => joined(message("Q", sql), message("f", "there is no standard input to copy from"));

/** One statement with parameters, each text or null; the database finds out their types. */
export function extended(sql, parameters) {
  const values = parameters.flatMap((value) => {
    if (value === null) return [number(-1, 4)];
    const bytes = encoder.encode(value);
    return [number(bytes.length, 4), bytes];
  });
  return joined(
    message("P", "", sql, number(0, 2)),
    message("B", "", "", number(0, 2), number(parameters.length, 2), ...values, number(0, 2)),
    message("D", encoder.encode("P\0")),
    message("E", "", number(0, 4)),
    message("S"),
  );
}

/**
 * The parameters of a statement as `extended` wants them, of the text of a JSON list: numbers and objects as they are written
 * there, lists as arrays of Postgres.
 */
export function parametersOf(json) {
  return items(json).map((item) => {
    if (item === "null") return null;
    if (item.startsWith('"')) return JSON.parse(item);
    return item.startsWith("[") ? arrayOf(item) : item;
  });
}

function arrayOf(json) {
  const elements = items(json).map((item) => {
    if (item === "null") return "NULL";
    if (item.startsWith("[")) return arrayOf(item);
    const text = item.startsWith('"') ? JSON.parse(item) : item;
    return `"${text.replace(/["\\]/g, "\\$&")}"`;
  });
  return `{${elements.join(",")}}`;
}

/** The texts of the items of a JSON list. */
function items(json) {
  const found = [];
  let depth = 0;
  for (const { 0: token, index } of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]|[^\s"[\]{},]+/g)) {
    if (depth === 1 && token !== "," && token !== "]") found.push({ from: index, to: index });
    if (/^[[{]$/.test(token)) depth++;
    if (/^[\]}]$/.test(token)) depth--;
    if (depth > 1 || (depth === 1 && token !== "," && found.length > 0)) found.at(-1).to = index + token.length;
  }
  return found.map(({ from, to }) => json.slice(from, to));
}
