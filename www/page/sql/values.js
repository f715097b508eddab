// Rows of an answer as text: what a cell shows, and what goes to the clipboard.

/** What a value is, in the words of JSON. Postgres itself does not tell its types here. */
export function kindOf(value) {
  if (value === null || value === undefined) return "null";
  return typeof value === "object" ? "json" : typeof value;
}

/** What the values of a column are: one kind, or several. Nulls say nothing about a column that has other values. */
export function columnKind(rows, name) {
  const kinds = new Set(rows.map((row) => kindOf(row[name])));
  if (kinds.size > 1) kinds.delete("null");
  return kinds.size === 1 ? [...kinds][0] : "mixed";
}

/** A value as a cell shows it. */
export const textOf = (value) => (kindOf(value) === "json" ? JSON.stringify(value) : String(value));

/** The names of all columns: rows of logs need not have the same ones. */
export const columnsOf = (rows) => [...new Set(rows.flatMap((row) => Object.keys(row)))];

/** A field as RFC 4180 has it. A null is empty, and an empty text is a pair of quotes, so that they are told apart. */
function field(value) {
  if (kindOf(value) === "null") return "";
  const text = textOf(value);
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV, with a line of names. */
export function csvOf(rows) {
  const names = columnsOf(rows);
  const lines = [names.map(field), ...rows.map((row) => names.map((name) => field(row[name])))];
  return lines.map((line) => `${line.join(",")}\r\n`).join("");
}

export const jsonOf = (rows) => `${JSON.stringify(rows, null, 2)}\n`;
