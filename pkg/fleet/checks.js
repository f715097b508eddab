// What is wrong with an argument is told as the client tells it: an `InputError` with the path, before anything is done.
import { InputError } from "../errors.js";

/** The error itself. `received` is a kind, a number or a length, and never a text of the user's, which may be a secret. */
export function wrong(caller, path, expected, received) {
  const message = `${caller}: ${path}: expected ${expected}, received ${received}`;
  return new InputError({ message, endpoint: caller, own: { path, expected, received } });
}

/** What a value is, in words. */
export function kind(value) {
  if (typeof value === "number") return String(value);
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

export const isObject = (value) => Object(value) === value && typeof value !== "function" && !Array.isArray(value);

export const whole = (least, most) => ({
  expected: `a whole number from ${least} to ${most}`,
  fits: (value) => Number.isInteger(value) && value >= least && value <= most,
});

export const number = (least, most) => ({
  expected: `a number from ${least} to ${most}`,
  fits: (value) => typeof value === "number" && value >= least && value <= most,
});

export const callable = { expected: "function", fits: (value) => typeof value === "function" };

export const text = {
  expected: "a string that is not empty",
  fits: (value) => typeof value === "string" && value !== "",
};

export const objectWith = (...methods) => ({
  expected: `an object with the methods ${methods.join(" and ")}`,
  fits: (value) => Object(value) === value && methods.every((name) => typeof value[name] === "function"),
});

/**
 * The options that were given, without those that are `undefined`.
 * @param rules what each may be, by its name
 */
export function readOptions(caller, given, rules, path = "options") {
  if (given === undefined) return {};
  if (!isObject(given)) throw wrong(caller, path, "object", kind(given));
  const options = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(rules, name)) {
      throw wrong(caller, `${path}.${name}`, `one of ${Object.keys(rules).join(", ")}`, "an unknown name");
    }
    if (!rules[name].fits(value)) throw wrong(caller, `${path}.${name}`, rules[name].expected, kind(value));
    options[name] = value;
  }
  return options;
}
