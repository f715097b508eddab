// What the client says to the arguments of a call while somebody types.
import { useEffect, useState } from "preact/hooks";
import { check } from "../../calls.js";
import { problemOf } from "./use-request.js";

/**
 * @param args the arguments
 * @param wanted whether there is something to check
 * @returns the problems of the form: none, or the first one that the client finds
 */
export function useCheck(operation, args, wanted = true) {
  const [problems, setProblems] = useState([]);
  const text = wanted ? JSON.stringify(args) : undefined;
  useEffect(() => {
    if (text === undefined) return setProblems([]);
    let current = true;
    check(operation.id, args).then((error) => {
      if (current) setProblems(error ? [problemOf(operation, error)] : []);
    });
    return () => void (current = false);
  }, [operation, text]);
  return problems;
}
