// What the client says to the fields of a form while somebody types: its own words, one sentence for each field.
import { check } from "./calls.js";

/** The field that an error is about: of `data[0].attributes.email` it is `email`, where the form has a field of that name. */
function fieldOf(path, fields) {
  const names = String(path).split(/[.[\]]+/);
  return names.reverse().find((name) => fields.includes(name));
}

/** The part of an error that says what is wrong: the field itself stands right above it. */
export const wordsOf = ({ expected, received, message }) =>
  expected ? `Expected ${expected}, received ${received}.` : message;

/**
 * What is wrong with which field. The client names the first mistake only, so each field with one is replaced by its sample,
 * and the client is asked again.
 * @param id method that the form is for, such as `projects.create`
 * @param argsOf gives the arguments of the method for the values of the form
 * @param values of the fields, by name
 * @param samples a value for each field that the client takes
 */
export async function mistakesOf(id, argsOf, values, samples) {
  const fields = Object.keys(samples);
  const mistakes = {};
  const tried = { ...values };
  for (;;) {
    const error = await check(id, argsOf(tried));
    if (error === undefined) return mistakes;
    const field = fieldOf(error.path, fields);
    // What is about no field is said when the form is sent.
    if (field === undefined || field in mistakes) return mistakes;
    mistakes[field] = wordsOf(error);
    tried[field] = samples[field];
  }
}
