// Calls to be made while a fault is switched on, and what came of each attempt.

/** A project that is not there, for an account without any. */
const nowhere = "aaaaaaaaaaaaaaaaaaaa";

/** Reads are repeated by the client, writes that may have been done are not: both are worth a look. */
export const tries = [
  { id: "functions.list", about: "reads, so that it is repeated", args: (ref) => [ref] },
  { id: "projects.list", about: "reads, so that it is repeated", args: () => [] },
  {
    id: "secrets.create",
    about: "writes, so that it is never repeated blindly",
    args: (ref) => [ref, [{ name: "TRIED", value: "sandbox" }]],
  },
  {
    id: "organizations.create",
    about: "creates, so that it is never repeated blindly",
    args: () => [{ name: "Tried" }],
  },
  {
    id: "database.queryReadOnly",
    about: "only reads, although it is a POST",
    args: (ref) => [ref, { query: "select 1 as one" }],
  },
];

export const refOf = ({ projects }) => projects.find(({ status }) => status === "ACTIVE_HEALTHY")?.ref ?? nowhere;

/**
 * The hooks of a call, which tell what happens to it.
 * @param tell gets one step after another: `{ at, text, kind }`, `at` in milliseconds since the call began
 */
export function hooksOf(tell) {
  const begin = performance.now();
  const step = (kind, text) => tell({ at: performance.now() - begin, kind, text });
  return {
    onRequest: ({ attempt }) => step("sent", `Attempt ${attempt} is sent`),
    onResponse: ({ attempt, status, durationMs, error }) => {
      const came = status === undefined ? "no answer" : `status ${status}`;
      step(
        error ? "failed" : "done",
        `Attempt ${attempt}: ${came} after ${Math.round(durationMs)} ms${error ? `, ${error}` : ""}`,
      );
    },
    onRetry: ({ attempt, delayMs, reason }) =>
      step("waits", `Waits ${Math.round(delayMs)} ms before attempt ${attempt + 1}, because of ${reason}`),
  };
}

/** What came of a call, in a sentence. */
export function outcomeOf(data) {
  if (Array.isArray(data)) return `The call succeeded: ${data.length === 1 ? "1 item" : `${data.length} items`}.`;
  return "The call succeeded.";
}
