// The editor of a statement, and what came of it.
import { useEffect, useRef, useState } from "preact/hooks";
import { useApi, usePage } from "../context.js";
import { download } from "../downloads.js";
import { useAction } from "../hooks.js";
import { CopyButton } from "../parts/copy-button.jsx";
import { Fault } from "../parts/fault.jsx";
import { Check, Field } from "../parts/field.jsx";
import { Rows } from "../parts/rows.jsx";
import { readSqlError } from "./place.js";
import { SqlFault } from "./sql-fault.jsx";
import { csvOf, jsonOf } from "./values.js";

const duration = (ms) => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

/**
 * @param statement text in the editor, `onStatement` is told of another one
 * @param onRun is told of every statement that was run
 */
export function Console({ projectRef, statement, onStatement, onRun }) {
  const api = useApi();
  const { connection } = usePage();
  const editor = useRef();
  const [readOnly, setReadOnly] = useState(false);
  const [outcome, setOutcome] = useState();

  const { run, busy } = useAction(async () => {
    setOutcome(undefined);
    const begin = performance.now();
    const ended = (came) => {
      const run = { statement, readOnly, at: Date.now(), ms: performance.now() - begin, ...came };
      setOutcome(run);
      onRun(run);
    };
    try {
      // With all their digits: a number beyond 2^53 comes as text.
      const options = { bigint: "string" };
      const run = readOnly ? api.database.queryReadOnly : api.database.query;
      ended({ rows: await run(projectRef, { query: statement }, options) });
    } catch (error) {
      ended({ error, found: readSqlError(error.body?.message ?? error.message, statement) });
    }
  });

  const place = outcome?.found?.place;
  function goThere() {
    if (!place || editor.current.value !== outcome.statement) return;
    editor.current.focus();
    editor.current.setSelectionRange(place.start, place.end);
  }
  useEffect(goThere, [outcome]);

  function onSubmit(event) {
    event.preventDefault();
    run();
  }

  return (
    <div class="console">
      <form onSubmit={onSubmit} aria-busy={busy ? "true" : undefined}>
        <Field
          as="textarea"
          elementRef={editor}
          label="Statement"
          name="query"
          rows={7}
          required
          value={statement}
          onInput={(event) => onStatement(event.target.value)}
          onKeyDown={(event) => runsBy(event) && event.target.form.requestSubmit()}
          hint="Ctrl+Enter or ⌘+Enter runs it."
        />
        <div class="actions">
          <button type="submit" class="primary" aria-disabled={busy ? "true" : undefined}>
            Run
          </button>
          <Check label="Read only" checked={readOnly} onChange={(event) => setReadOnly(event.target.checked)} />
          <button type="button" onClick={() => download("statement.sql", statement, "application/sql")}>
            Download as .sql
          </button>
        </div>
      </form>
      <div class="sql-output" aria-live="polite">
        {busy && <Running onSandbox={connection.kind === "sandbox"} />}
        {outcome?.found && <SqlFault error={outcome.error} found={outcome.found} goThere={goThere} />}
        {outcome?.error && !outcome.found && <Fault error={outcome.error} />}
        {outcome?.rows && <Outcome outcome={outcome} />}
      </div>
    </div>
  );
}

const runsBy = ({ key, ctrlKey, metaKey }) => key === "Enter" && (ctrlKey || metaKey);

const Running = ({ onSandbox }) => (
  <p>Running …{onSandbox && " The first statement starts the Postgres of the sandbox, which takes some seconds."}</p>
);

const Outcome = ({ outcome: { rows, ms } }) => (
  <>
    <Rows rows={rows} more={` in ${duration(ms)}`} />
    {rows.length > 0 && (
      <p class="actions">
        <CopyButton label="Copy as CSV" text={() => csvOf(rows)} said="Copied the rows as CSV" />
        <CopyButton label="Copy as JSON" text={() => jsonOf(rows)} said="Copied the rows as JSON" />
        <button type="button" onClick={() => download("rows.csv", csvOf(rows), "text/csv")}>
          Download CSV
        </button>
      </p>
    )}
  </>
);
