// What is wrong with a form, at the field that it names.
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { leadsTo, samePath } from "../../form/path.js";

/**
 * Problems of the form around: `{ steps, message }`, where the first step is the part of the call: `path`, `body` or `query`.
 */
export const Problems = createContext([]);

/** The problem at exactly this place. */
export const useProblem = (steps) => useContext(Problems).find((problem) => samePath(problem.steps, steps))?.message;

/** Whether there is a problem inside of this place. */
export const useHasProblem = (steps) => useContext(Problems).some((problem) => leadsTo(steps, problem.steps));
