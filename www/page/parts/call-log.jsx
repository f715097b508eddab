// The list of calls: beside the views where there is room, else a drawer below them.
import { useEffect, useState } from "preact/hooks";
import { clearCalls, onCalls } from "../calls.js";
import { usePage } from "../context.js";
import { Scroller } from "./scroller.jsx";

const duration = (ms) => (ms === undefined ? "" : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`);

function outcomeOf({ error, status, times }) {
  if (times === 0) return "…";
  if (!error) return String(status ?? "done");
  return [error.name, error.status].filter(Boolean).join(" ");
}

export function CallLog() {
  const { connection } = usePage();
  const [entries, setEntries] = useState([]);
  const [open, setOpen] = useState(false);
  useEffect(() => onCalls(setEntries), []);
  const latest = entries.find(({ times }) => times > 0);
  return (
    <aside id="log" aria-labelledby="log-title">
      <header>
        <h2 id="log-title">Calls</h2>
        <p id="log-latest">
          {latest && `${latest.method} ${latest.path} · ${outcomeOf(latest)} · ${duration(latest.ms)}`}
        </p>
        <button type="button" id="log-clear" onClick={clearCalls}>
          Clear
        </button>
        <button
          type="button"
          id="log-toggle"
          aria-expanded={String(open)}
          aria-controls="log-body"
          onClick={() => setOpen(!open)}
        >
          {open ? "Hide" : "Show"}
        </button>
      </header>
      <Scroller id="log-body" label="All calls, the latest first">
        <pre>
          <code id="log-client">{connection?.code}</code>
        </pre>
        <ol reversed>
          {entries.map((entry) => (
            <Entry key={entry.number} entry={entry} />
          ))}
        </ol>
      </Scroller>
    </aside>
  );
}

const Entry = ({ entry }) => (
  <li class={entry.error ? "failed" : ""}>
    <p>
      <b>{entry.method}</b> <span class="route">{entry.path}</span>
      <span class="came">
        <span class="times">{entry.times > 1 ? `×${entry.times}` : ""}</span>
        <span class="outcome">{outcomeOf(entry)}</span>
        <span class="ms">{duration(entry.ms)}</span>
      </span>
    </p>
    <code>{entry.code}</code>
    <p class="words">{entry.error?.message}</p>
  </li>
);
