// Options of a sandbox.
import { InputError } from "../errors.js";

/** What an option must be, in words and as a test. */
const rules = {
  state: ["string", (value) => typeof value === "string"],
  startupMs: ["milliseconds, 0 or more", (value) => Number.isFinite(value) && value >= 0],
  rateLimit: ["calls per minute, or false", (value) => value === false || value === value >>> 0],
  // What a seed may hold is the sandbox's to say.
  seed: ["object", () => true],
  randomSeed: ["number", Number.isFinite],
  now: ["function", (value) => typeof value === "function"],
  module: ["WebAssembly.Module", (value) => value instanceof WebAssembly.Module],
  database: ["boolean", (value) => typeof value === "boolean"],
  postgres: ["function that makes a PGlite", (value) => typeof value === "function"],
};

export function checked(options) {
  if (Object(options) !== options) throw inputError("options", "object", options === null ? "null" : typeof options);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(rules, name)) {
      const known = Object.keys(rules).join(", ");
      throw inputError(`options.${name}`, `a known option, there are ${known}`, "an unknown option");
    }
    const [expected, fits] = rules[name];
    if (value !== undefined && !fits(value)) throw inputError(`options.${name}`, expected, described(value));
  }
  return options;
}

/** Numbers are no secrets; of anything else only the kind is told. */
function described(value) {
  if (typeof value === "number") return String(value);
  return value === null ? "null" : typeof value;
}

export function inputError(path, expected, received) {
  const message = `createSandbox: ${path}: expected ${expected}, received ${received}`;
  return new InputError({ message, endpoint: "createSandbox", own: { path, expected, received } });
}
