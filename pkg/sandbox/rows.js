// Rows as JSON text, as the API writes them: numbers with all their digits, JSON as it is stored, times as Postgres prints
// them, bytes as a list of numbers. Columns keep their order; of two that share a name the last one counts.

/** How text of a type is written, by the type's number in Postgres. Any other type is a string. */
const number = (text) => (/^-?\d/.test(text) ? text : JSON.stringify(text));
const float = (text) => (/^-?\d/.test(text) ? text : "null");
const json = (text) => text;
const bool = (text) => (text === "t" ? "true" : "false");
const string = (text) => JSON.stringify(text);
const bytes = (text) =>
  `{"type":"Buffer","data":[${(text.match(/[\da-f]{2}/g) ?? []).map((hex) => Number.parseInt(hex, 16))}]}`;

const scalars = new Map([
  [16, bool],
  [17, (text) => bytes(text.slice(2))],
  // int8, int2, int4, oid, numeric.
  ...[20, 21, 23, 26, 1700].map((type) => [type, number]),
  ...[700, 701].map((type) => [type, float]),
  ...[114, 3802].map((type) => [type, json]),
]);

/** Arrays of these types become lists, by the number of the array type. Arrays of users' own types stay text. */
const elements = new Map(
  [
    ...Object.entries({ 1000: 16, 1001: 17, 1016: 20, 1005: 21, 1007: 23, 1028: 26, 1231: 1700, 1021: 700, 1022: 701 }),
    ...Object.entries({ 199: 114, 3807: 3802 }),
    // text, varchar, bpchar, name, char, uuid, date, time, timetz, timestamp, timestamptz, interval, inet, cidr, macaddr, money, regtype.
    ...[1009, 1015, 1014, 1003, 1002, 2951, 1182, 1183, 1270, 1115, 1185, 1187, 1041, 651, 1040, 791, 2211].map(
      (type) => [type],
    ),
  ].map(([type, element]) => [Number(type), scalars.get(element) ?? string]),
);

/** The text of a JSON list of rows; each is a list of texts and nulls. */
export function rowsAsJson(fields, rows) {
  const columns = new Map();
  for (const [at, { name, dataTypeID }] of fields.entries()) {
    const element = elements.get(dataTypeID);
    const write = element ? (text) => listOf(text, element) : (scalars.get(dataTypeID) ?? string);
    columns.set(name, { at, key: JSON.stringify(name), write });
  }
  const places = [...columns.values()];
  const row = (texts) => {
    const cells = places.map(({ at, key, write }) => `${key}:${texts[at] === null ? "null" : write(texts[at])}`);
    return `{${cells.join(",")}}`;
  };
  return `[${rows.map(row).join(",")}]`;
}

/** An array of Postgres, `{1,NULL,"a b",{…}}`, as a list. What stands before the first brace are its bounds. */
function listOf(text, write) {
  let out = "";
  for (const [token, quoted] of text.slice(text.indexOf("{")).matchAll(/"((?:[^"\\]|\\.)*)"|[{},]|[^{},"]+/gs)) {
    if (token === "{") out += "[";
    else if (token === "}") out += "]";
    else if (token === ",") out += ",";
    else if (quoted !== undefined) out += write(quoted.replace(/\\(.)/gs, "$1"));
    else out += token === "NULL" ? "null" : write(token);
  }
  return out;
}
