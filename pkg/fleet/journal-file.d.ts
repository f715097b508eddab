import type { FleetJournal } from "../fleet.js";

/** A journal in a file. */
export interface FleetJournalFile extends FleetJournal {
  /** Waits for what is being written, closes the file and gives up the lock. Reading or adding opens it anew. */
  close(): Promise<void>;
}

/**
 * The journal of a {@link fleet} in a file, for Node, Deno and Bun.
 *
 * ```js
 * const journal = journalFile("rollout.jsonl");
 * const report = await fleet(refs, operation, { journal });
 * await journal.close();
 * ```
 *
 * One entry is one line of JSON, and a line is only ever added. An entry counts once it is on the disk (`fdatasync`); entries that come
 * together share one such trip. What a kill has left of a last line is cut off when the file is opened again. The file is made for its
 * owner only (mode 600) and locked for one process (`FILE.lock` beside it); the lock of a process that is gone counts no more.
 *
 * @param path of the file; it is made at the first use, its folder is not
 * @throws {InputError} for what is no path. Using it rejects where another process has the file, where it is no journal, and for whatever
 * the file system says
 */
export declare function journalFile(path: string): FleetJournalFile;
