// Statements on a database. Each call of the API has a session of its own, as far as it can tell: what one leaves behind, an open
// transaction or a role that it took, the next does not find.
import { rowsAsJson } from "./rows.js";
import { statementsOf } from "./statements.js";
import { extended, parametersOf, simple } from "./wire.js";

/**
 * Ends a session. The role goes first: what follows may need its rights. Of a database that others are connected to as well,
 * what they have prepared stays.
 */
const owner = `set session authorization postgres; reset role; reset all;
  set search_path to "$user", public, extensions; set timezone to 'UTC';`;
const endings = {
  own: `${owner} close all; deallocate all; unlisten *; select pg_advisory_unlock_all(); discard temp; discard sequences`,
  shared: owner,
};

/** Sends messages, and gives what comes back: fields and rows of the last statement that had any, or the error. */
async function send(db, bytes) {
  const { messages } = await db.execProtocol(bytes, { throwOnError: false });
  let answer = { fields: [], rows: [] };
  let fields = [];
  let rows = [];
  for (const message of messages) {
    if (message.name === "error") return { error: message };
    if (message.name === "rowDescription") [fields, rows] = [message.fields, []];
    else if (message.name === "dataRow") rows.push(message.fields);
    else if (message.name === "commandComplete" && rows.length > 0) {
      answer = { fields, rows };
      rows = [];
    }
  }
  return answer;
}

/** Runs texts that the sandbox itself has, one after the other; one that fails is left out. */
export async function runAll(db, texts) {
  for (const text of texts) {
    await send(db, simple(text));
    await end(db);
  }
}

/**
 * Runs what a call of the API asks for. Resolves to `{ rows }`, the text of a JSON list, or `{ error }`, the text of an error as
 * Postgres describes it. Rejects when the database is broken.
 * @param statement `sql`, `parameters` (the text of a JSON list), `readOnly`
 * @param shared whether others are connected to this database as well
 */
export async function run(db, { sql, parameters, readOnly }, shared = false) {
  try {
    const values = parametersOf(parameters);
    const answer = await (readOnly ? read(db, sql, values) : write(db, sql, values));
    return answer.error ? { error: described(answer.error) } : { rows: rowsAsJson(answer.fields, answer.rows) };
  } finally {
    await end(db, shared);
  }
}

const write = (db, sql, values) => send(db, values.length > 0 ? extended(sql, values) : simple(sql));

/**
 * Each statement runs by itself in a transaction that is read only and has begun to read: from then on Postgres lets nobody make
 * it writable again, neither the statement nor a function that it calls. Nor can a statement end the transaction and write after
 * that, as nothing follows it in its message; the next one finds another such transaction.
 */
async function read(db, sql, values) {
  let answer = { fields: [], rows: [] };
  // With parameters it is one statement, and Postgres says so where it is not.
  const statements = values.length > 0 ? [{ sql, before: 0 }] : statementsOf(sql);
  for (const statement of statements) {
    // A transaction that the text itself began anew (`commit and chain`) has not begun to read.
    const { error } = await send(db, simple(db.isInTransaction() ? "select 1" : "begin read only; select 1"));
    if (error) return { error };
    const next = await send(db, extended(statement.sql, values));
    if (next.error) return { error: moved(next.error, statement.before) };
    if (next.rows.length > 0) answer = next;
  }
  return answer;
}

async function end(db, shared) {
  if (db.isInTransaction()) await send(db, simple("rollback"));
  const { error } = await send(db, simple(shared ? endings.shared : endings.own));
  if (error) throw error;
}

function moved(error, by) {
  if (error.position) error.position = String(Number(error.position) + by);
  return error;
}

function described({ code, message, detail, hint, position }) {
  return JSON.stringify({ code, message, detail, hint, position });
}
