// The SQL console of a project: a statement, and the rows or the error that come of it.
import { useState } from "preact/hooks";
import { useApi } from "../context.js";
import { useAction } from "../hooks.js";
import { Fault } from "../parts/fault.jsx";
import { Field } from "../parts/field.jsx";
import { Rows } from "../parts/rows.jsx";
import { Section } from "../parts/section.jsx";

const example = `select table_name, column_name, data_type
from information_schema.columns
where table_schema = 'public'
order by table_name, ordinal_position;`;

export default function Sql({ project: { ref } }) {
  const api = useApi();
  const [rows, setRows] = useState();
  const { run, busy, error } = useAction(async (query) => {
    setRows(undefined);
    setRows(await api.database.query(ref, { query }));
  });
  function onSubmit(event) {
    event.preventDefault();
    run(new FormData(event.target).get("query"));
  }
  return (
    <Section title="SQL">
      <form onSubmit={onSubmit}>
        <Field as="textarea" label="Statement" name="query" rows={4} defaultValue={example} />
        <p class="actions">
          <button type="submit" class="primary" disabled={busy}>
            Run
          </button>
        </p>
      </form>
      <div class="sql-output" aria-live="polite">
        {busy && <p>Running …</p>}
        {error !== undefined && <Fault error={error} />}
        {rows && <Rows rows={rows} />}
      </div>
    </Section>
  );
}
