// Where statements come from besides the keyboard: the tables, the saved queries, and what was run before.
import { useState } from "preact/hooks";
import { useApi } from "../context.js";
import { useAction, useCall } from "../hooks.js";
import { Fault } from "../parts/fault.jsx";
import { Scroller } from "../parts/scroller.jsx";
import { Loaded } from "../parts/section.jsx";
import { catalogStatement, schemasOf, selectOf } from "./catalog.js";

const time = new Intl.DateTimeFormat("en", { timeStyle: "short" });

/** @param choose puts a statement into the editor */
export const Side = ({ projectRef, runs, choose }) => (
  <div class="sql-side">
    <Drawer title="Tables">
      <Tables projectRef={projectRef} choose={choose} />
    </Drawer>
    <Drawer title="Saved queries">
      <Saved projectRef={projectRef} choose={choose} />
    </Drawer>
    <Drawer title="History">
      <History runs={runs} choose={choose} />
    </Drawer>
  </div>
);

/** A part that makes its calls when somebody opens it: in the sandbox they start a Postgres, which takes a while. */
function Drawer({ title, children }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && (
        <Scroller class="drawer" label={title}>
          {children}
        </Scroller>
      )}
    </details>
  );
}

function Tables({ projectRef, choose }) {
  const api = useApi();
  const call = useCall(() => api.database.queryReadOnly(projectRef, { query: catalogStatement }), [api, projectRef]);
  return (
    <>
      <Loaded call={call}>
        {(rows) => schemasOf(rows).map((schema) => <Schema key={schema.name} schema={schema} choose={choose} />)}
      </Loaded>
      {call.data && (
        <p class="actions">
          <button type="button" onClick={call.reload}>
            Read again
          </button>
        </p>
      )}
    </>
  );
}

const Schema = ({ schema: { name, items }, choose }) => (
  <details open={name === "public"}>
    <summary>
      {name} <small>{items.length}</small>
    </summary>
    {items.length === 0 && <p>Nothing in this schema yet.</p>}
    <ul>
      {items.map((item) => (
        <li key={item.address}>
          <button type="button" title={selectOf(item)} onClick={() => choose(selectOf(item))}>
            {item.name} {item.kind !== "table" && <small>{item.kind}</small>}
          </button>
          <ul class="columns">
            {item.columns.map((column) => (
              <li key={column.name}>
                <code>{column.name}</code> <small>{wordsOf(column)}</small>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  </details>
);

const wordsOf = ({ type, required, key }) => [type, key ? "key" : required && "not null"].filter(Boolean).join(", ");

function Saved({ projectRef, choose }) {
  const api = useApi();
  const call = useCall(async () => {
    const all = [];
    for await (const snippet of api.snippets.list({ project_ref: projectRef })) all.push(snippet);
    return all;
  }, [api, projectRef]);
  const opening = useAction(async (id) => choose((await api.snippets.get(id)).content.sql));
  return (
    <>
      <Loaded call={call}>
        {(snippets) => (
          <ul>
            {snippets.map(({ id, name, visibility }) => (
              <li key={id}>
                <button type="button" onClick={() => opening.run(id)}>
                  {name} {visibility !== "user" && <small>{visibility}</small>}
                </button>
              </li>
            ))}
            {snippets.length === 0 && <li>No saved queries yet.</li>}
          </ul>
        )}
      </Loaded>
      <Fault error={opening.error} />
      <p>
        <small>The API reads saved queries and does not write them: save one in the dashboard, or download it.</small>
      </p>
    </>
  );
}

function History({ runs, choose }) {
  if (runs.length === 0) return <p>Nothing was run since this page was opened.</p>;
  return (
    <ul>
      {runs.map(({ statement, at, rows, error }) => (
        <li key={statement}>
          <button type="button" title={statement} onClick={() => choose(statement)}>
            <code>{statement.trim().split("\n")[0].slice(0, 80)}</code>{" "}
            <small>
              {time.format(at)}, {error ? "failed" : `${rows.length} rows`}
            </small>
          </button>
        </li>
      ))}
    </ul>
  );
}
