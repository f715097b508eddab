// Fields of a form whose mistakes are named while somebody types, in the words of the client.
import { useEffect, useState } from "preact/hooks";
import { mistakesOf } from "../form-check.js";

/**
 * @param id method that the form is for
 * @param argsOf gives the arguments of the method for the values of the form
 * @param samples a value for each field that the client takes
 * @param initial values that the form begins with
 * @returns `values`, `set(name, value)`, and `bind(name)`, the properties of a `Field`
 */
export function useLiveForm({ id, argsOf, samples, initial = {} }) {
  const [values, setValues] = useState(initial);
  const [mistakes, setMistakes] = useState({});
  const set = (name, value) => setValues((before) => ({ ...before, [name]: value }));

  useEffect(() => {
    let latest = true;
    // A field that nobody has typed in yet has no mistake.
    mistakesOf(id, argsOf, { ...samples, ...values }, samples).then((found) => latest && setMistakes(found));
    return () => void (latest = false);
  }, [values]);

  const bind = (name) => ({
    name,
    value: values[name] ?? "",
    onInput: ({ target }) => set(name, target.value),
    error: mistakes[name],
  });
  return { values, set, bind };
}
