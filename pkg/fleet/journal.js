// What was begun and what came of it, so that a run that broke off goes on from there.

/** A journal in memory: it lives as long as the process, and serves tests and runs that are stopped and go on. */
export function memoryJournal(entries = []) {
  // As text, so that nobody changes an entry afterwards, and so that what a file would not hold is not held here either.
  const lines = entries.map((entry) => JSON.stringify(entry));
  return {
    async *read() {
      for (const line of lines) yield JSON.parse(line);
    },
    async append(entry) {
      lines.push(JSON.stringify(entry));
    },
  };
}

/** What a journal tells of each project: how often it was begun, and whether it is done. */
export async function readJournal(journal) {
  const known = new Map();
  for await (const { type, ref, attempt, value, milliseconds } of journal.read()) {
    const before = known.get(ref) ?? { attempts: 0, done: false };
    const attempts = Math.max(before.attempts, attempt);
    known.set(ref, type === "done" ? { attempts, done: true, value, milliseconds } : { ...before, attempts });
  }
  return known;
}
