// What the client makes of a form while somebody fills it in.
import { useEffect, useState } from "preact/hooks";
import { argumentsOf, placeOf, unfinishedPart } from "../../form/arguments.js";
import { requestOf } from "../../request.js";

/** What is wrong with a value, in the client's words. */
export function wordsOf({ expected, received, message }) {
  return expected === undefined ? message : `Expected ${expected}, received ${received ?? "nothing"}.`;
}

/** An error of the client as a problem of the form. */
export function problemOf(operation, error) {
  const { part, steps } = placeOf(operation, error.path ?? "");
  return { steps: [part, ...steps], message: wordsOf(error) };
}

/**
 * @returns `request`, as it would be sent, `args`, and `problems`; `error` is the client's own, where it says one
 */
export function useRequest(operation, values) {
  const [state, setState] = useState({ problems: [] });
  useEffect(() => {
    let wanted = true;
    const unfinished = unfinishedPart(values);
    if (unfinished) {
      const { part, steps, message } = unfinished;
      setState({ problems: [{ steps: [part, ...steps], message }] });
      return undefined;
    }
    const args = argumentsOf(operation, values);
    requestOf(operation.id, args).then(({ request, error }) => {
      if (wanted) setState({ args, request, error, problems: error ? [problemOf(operation, error)] : [] });
    });
    return () => void (wanted = false);
  }, [operation, values]);
  return state;
}
