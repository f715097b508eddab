// What Postgres says about a statement that failed, and where in the statement that is.

const error = /ERROR:\s+(?:([0-9A-Z]{5}): )?(.*)/;
const place = /^LINE (\d+): (.*)\n( *)\^/m;
const cut = "...";

/**
 * Reads the words of Postgres as psql shows them, which is what the API answers.
 * @param words `Failed to run sql query: ERROR:  42601: syntax error … LINE 2: select * fom t …`
 * @param statement the statement that was sent
 * @returns `code`, `message`, `detail`, `hint`, and `place` where Postgres names one; undefined for an error of something else
 */
export function readSqlError(words, statement) {
  const found = error.exec(words);
  if (!found) return undefined;
  const [, code, message] = found;
  const more = (name) => new RegExp(`^${name}:  (.*)$`, "m").exec(words)?.[1];
  return { code, message, detail: more("DETAIL"), hint: more("HINT"), place: placeOf(words, statement) };
}

/** Line and column from 1 on, the text of the line, and `start` and `end` of the word there, for the selection of a text area. */
function placeOf(words, statement) {
  const found = place.exec(words);
  if (!found) return undefined;
  const [, number, shown, spaces] = found;
  const lines = statement.split("\n");
  const text = lines[Number(number) - 1];
  if (text === undefined) return undefined;
  const column = columnOf(text, shown, spaces.length - `LINE ${number}: `.length);
  if (column === undefined) return undefined;
  // Postgres counts characters, a text area counts units of UTF-16: some characters are two of them.
  const before = Array.from(text).slice(0, column).join("");
  const lineStart = lines.slice(0, Number(number) - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const word = /^(?:"(?:[^"]|"")*"|[\p{L}\p{N}_$.]+|\S)/u.exec(text.slice(before.length))?.[0] ?? "";
  const start = lineStart + before.length;
  return { line: Number(number), column: column + 1, text, before, word, start, end: start + word.length };
}

/** The column in the whole line: of a long one, psql shows a part between dots. */
function columnOf(text, shown, column) {
  if (text.trimEnd() === shown.trimEnd()) return column < 0 ? undefined : column;
  const head = shown.startsWith(cut) ? cut.length : 0;
  const part = shown.slice(head, shown.endsWith(cut) ? -cut.length : undefined);
  const at = text.indexOf(part);
  return at < 0 || column < head ? undefined : Array.from(text.slice(0, at)).length + column - head;
}
