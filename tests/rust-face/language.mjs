// Where the two faces differ because their languages do. Whatever else differs is a mistake in one of them, and has no
// place here. Each entry says in whole sentences why it is the language.

/** Getters of Rust's `Error` that the errors of the npm package have no field for. */
const getters = [
  {
    names: ["status"],
    of: ({ name, status }) => /^(Connection|OutcomeUnknown|Timeout)Error$/.test(name) && typeof status === "number",
    reason:
      "Rust has one type for all errors, so status() also tells of an answer that broke off or did not end. The npm " +
      "package has a class for each kind of error, and these classes have no such field.",
  },
  {
    names: ["outcomeUnknown"],
    of: ({ name }) => name === "ConnectionError",
    reason:
      "Rust has one type for all errors, so outcome_unknown() is false of a connection that failed and did no harm. In the " +
      "npm package such an error has a class of its own, and one that may have done its work is an OutcomeUnknownError.",
  },
  {
    names: ["requiredScope", "requiredPermissions"],
    of: ({ status }) => status !== 403,
    reason:
      "Rust has one type for all errors, so each of them can tell what the endpoint needs. In the npm package these are " +
      "fields of an ApiError, set where the status is 403.",
  },
];

/**
 * What an error says, with the names of options that JavaScript has. Rust's are `timeout_ms` and `base_url`, and it reads no
 * environment variable: each language is told its own names.
 */
export const inJavaScript = (words) =>
  words
    ?.replace(/\boptions\.[a-z_]+(?![\w[])/g, (name) => camelCase(name))
    .replace(/\b(base_url|allow_insecure)(?= (be a path|right|takes))/g, (name) => camelCase(name))
    .replace(
      "a token, or the base_url of a server that adds one",
      "a token, as an option or in the environment variable SUPABASE_ACCESS_TOKEN",
    );

const camelCase = (name) => name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

/** Whether a getter of an error has no field in the npm package. */
export const isRustAlone = (name, error) => getters.some(({ names, of }) => names.includes(name) && of(error));

/**
 * Rows of the tables of situations. `becomes` makes of the npm package's row what Rust must give, where it can give anything;
 * a cell that is undefined then is not compared. `raw` tells whether that holds for the text from `Call::raw` too.
 */
const rows = [
  {
    names: ["a required field of the body was forgotten"],
    raw: true,
    reason: "A model of Rust has all required fields, so the compiler refuses a program that leaves one out.",
  },
  {
    names: ["a field that is new"],
    becomes: ([name, what, message]) => [name, what.replaceAll("the value", "the value, without the field"), message],
    reason:
      "A model of Rust has the fields that its type declares and no others, so a field that is new is not in it. " +
      "Call::raw gives it.",
  },
  {
    names: ["a required field is missing", "a field of another type"],
    becomes: ([name, what, message]) => [name, what.replace("the value", "`DecodeError`"), message],
    reason:
      "There is no value of a type of Rust without one of its fields, or with another type in one, so such an answer is " +
      "an error even where validation is lenient. Call::raw gives it.",
  },
  {
    names: ["204 where a list is promised"],
    // What an answer without a body is with any other status.
    becomes: ([name], table) => {
      const [, ...cells] = table.find(([other]) => other === "200 without a body where a list is promised");
      return [name, ...cells.map((cell) => cell.replace(/\b200\b/, "204"))];
    },
    reason:
      "A call of Rust promises a value of its type, and there is none to be had without a body, where JavaScript gives " +
      "undefined. Call::raw has an empty text to give.",
  },
  {
    names: ["a project is not healthy in time", "no poll is answered in time", "all polls fail until the time is over"],
    becomes: ([name, what, message]) => [name, what.replace(/"status":"\w+",?/, "").replace(",}", "}"), message],
    reason:
      "A wait that ran out of time is an ErrorKind::Timeout, which has no field for the words of a status, where a property " +
      "of JavaScript costs nothing. The message has the words, and state() what they were taken from.",
  },
  {
    names: ["services are asked for with something else that is waited for"],
    becomes: ([name, what]) => [name, what, undefined],
    reason:
      "In Rust `services` is a method that every wait has, and says for which one it is. In the npm package it is an " +
      "option like others, and the error of an unknown option lists the known ones.",
  },
];

/**
 * What Rust must give in a situation.
 * @param row what the npm package gives, out of its table
 * @returns the same in nearly all rows; undefined where there is nothing to compare
 */
export function rowInRust(row, table, raw) {
  const own = rows.find((own) => own.names.includes(row[0]) && (!raw || own.raw));
  return own ? own.becomes?.(row, table) : row;
}

/**
 * The kinds of call as Rust has them: most answers become a value of a type, for the reasons given above; and some kinds
 * come a second time, as texts, which are to be treated as the npm package treats its values.
 */
export function kindsInRust(kinds) {
  const typed = kinds.map((kind) => ({
    ...kind,
    typed: /^(array|object)$/.test(kind.wants),
    // A tree of serde_json goes 128 levels deep: one of 100,000 would exhaust the stack when it is dropped.
    shallow: /^(rows|free)$/.test(kind.wants),
  }));
  const texts = kinds.filter(({ name }) => /^(GET of a list|GET of an object|POST of SQL|PATCH|free GET)$/.test(name));
  const raw = ({ name, run, ...kind }) => ({
    ...kind,
    shallow: false,
    name: `${name}, raw`,
    run: (client, options) => run(client, { ...options, raw: true }),
  });
  return [...typed, ...texts.map(raw)];
}
