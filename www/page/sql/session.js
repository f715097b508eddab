// What was done in the SQL console since the page was opened. It is kept in memory alone: statements may hold what is private.

/** How many statements are remembered for each project. */
const most = 50;

const sessions = new WeakMap();

/**
 * @returns what is remembered of a project behind a connection: `draft`, the statement in the editor, and `runs`, the latest
 * first, each with `statement`, `readOnly`, `at`, `ms`, and `rows` or `failed`
 */
export function sessionOf(connection, ref) {
  if (!sessions.has(connection)) sessions.set(connection, new Map());
  const projects = sessions.get(connection);
  if (!projects.has(ref)) projects.set(ref, { runs: [] });
  return projects.get(ref);
}

/** Remembers a run. The same statement run again takes the place of the one before. */
export function remember(session, run) {
  session.runs = [run, ...session.runs.filter(({ statement }) => statement !== run.statement)].slice(0, most);
}
