// Searches the logs: a statement, how far back, and the rows.
import { useState } from "preact/hooks";
import { useApi } from "../context.js";
import { useAction } from "../hooks.js";
import { CopyButton } from "../parts/copy-button.jsx";
import { Fault } from "../parts/fault.jsx";
import { Field } from "../parts/field.jsx";
import { Rows } from "../parts/rows.jsx";
import { jsonOf } from "../sql/values.js";
import { logsOf, ranges, sources, timesOf } from "./statements.js";

/** @param statement the only one to begin with; without it the source of the logs can be chosen */
export function LogSearch({ projectRef, statement }) {
  const api = useApi();
  const [sql, setSql] = useState(statement ?? logsOf("edge_logs"));
  const [range, setRange] = useState(ranges["Last hour"]);
  const [rows, setRows] = useState();
  const { run, busy, error } = useAction(async () => {
    setRows(undefined);
    const { result = [] } = await api.analytics.getLogs(projectRef, { sql, ...timesOf(range) });
    setRows(result);
  });
  function onSubmit(event) {
    event.preventDefault();
    run();
  }
  return (
    <>
      <form class="log-search" onSubmit={onSubmit} aria-busy={busy ? "true" : undefined}>
        {!statement && (
          <Field as="select" label="Source" onChange={(event) => setSql(logsOf(event.target.value))}>
            {Object.entries(sources).map(([name, title]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </Field>
        )}
        <Field as="select" label="Time" value={range} onChange={(event) => setRange(Number(event.target.value))}>
          {Object.entries(ranges).map(([title, ms]) => (
            <option key={title} value={ms}>
              {title}
            </option>
          ))}
        </Field>
        <Field
          as="textarea"
          label="Search in SQL"
          rows={6}
          required
          value={sql}
          onInput={(event) => setSql(event.target.value)}
          hint="The dialect is ClickHouse. There is one table, logs, with a column source_name."
        />
        <p class="actions">
          <button type="submit" class="primary">
            Search the logs
          </button>
        </p>
      </form>
      <div class="log-rows" aria-live="polite">
        {busy && <p class="loading">Searching …</p>}
        <Fault error={error} />
        {rows?.length === 0 && <p class="empty">There is nothing in the logs of this time that the search finds.</p>}
        {rows?.length > 0 && (
          <>
            <Rows rows={rows} label="Log" />
            <p class="actions">
              <CopyButton label="Copy as JSON" text={() => jsonOf(rows)} said="Copied the rows as JSON" />
            </p>
          </>
        )}
      </div>
    </>
  );
}
