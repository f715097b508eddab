// All endpoints of the API, by resource, with a search.
import { useEffect, useRef, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { operations } from "../catalog.js";
import { grouped, hrefOf, methodNameOf, search } from "../explorer.js";
import { Section } from "../parts/section.jsx";

const versions = [
  ["v1", "Version 1 of the API", ({ id }) => !id.startsWith("v2.")],
  ["v2", "Version 2 of the API", ({ id }) => id.startsWith("v2.")],
];

export default function Explorer() {
  const [text, setText] = useState("");
  const view = useRef();
  document.title = "Explorer";
  const found = search(operations, text);
  useKeys(view);
  return (
    <Section
      level={2}
      class="explorer"
      title="Explorer"
      text="Every endpoint of the API: fill in its arguments, see the request, send it, and copy it as code."
    >
      {/* The arrow keys go through the links, also from the search; the links themselves are reached by Tab as ever. */}
      <div ref={view}>
        <div class="field">
          <label for="explorer-search">Search</label>
          <input
            id="explorer-search"
            type="search"
            value={text}
            placeholder="branches create, /config/auth, DELETE …"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setText(event.target.value)}
          />
          <small aria-live="polite">
            {found.length === 1 ? "1 endpoint" : `${found.length} endpoints`} of {operations.length}. The key / leads
            here, the arrow keys go through what is found.
          </small>
        </div>
        {versions.map(([name, title, isOf]) => (
          <Version key={name} title={title} operations={found.filter(isOf)} />
        ))}
      </div>
    </Section>
  );
}

function Version({ title, operations: all }) {
  if (all.length === 0) return null;
  return (
    <Section class="version" title={title}>
      {grouped(all).map(({ resource, operations: members }) => (
        <section class="resource" key={resource} aria-labelledby={`resource-${resource}`}>
          <h4 id={`resource-${resource}`}>{resource}</h4>
          <ul>
            {members.map((operation) => (
              <li key={operation.id}>
                <Link href={hrefOf(operation)} data-operation={operation.id}>
                  <code>{methodNameOf(operation)}</code>
                </Link>
                <span class="route-line">
                  <b data-verb={operation.verb}>{operation.verb}</b> {operation.route}
                </span>
                <small>{operation.deprecated ? `Deprecated. ${operation.summary}` : operation.summary}</small>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Section>
  );
}

/** The key `/` leads to the search, as long as nobody is typing; the arrow keys go through what is found. */
function useKeys(view) {
  useEffect(() => {
    function onKey(event) {
      moveBetween(view.current, event);
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
      event.preventDefault();
      view.current.querySelector("input").focus();
    }
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function moveBetween(view, event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  const stops = [view.querySelector("input"), ...view.querySelectorAll("a[data-operation]")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + by];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
