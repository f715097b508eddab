// The projects of an organization, a page at a time.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { useApi } from "../../context.js";
import { useCall } from "../../hooks.js";
import { Badge } from "../../parts/badge.jsx";
import { Field } from "../../parts/field.jsx";
import { Loaded, Section } from "../../parts/section.jsx";
import { Table } from "../../parts/table.jsx";
import { hrefs } from "../../views.js";

/** How many projects a page has. */
const limit = 10;

const columns = [
  { title: "Name", head: true, cell: ({ ref, name }) => <Link href={hrefs.project(ref)}>{name || ref}</Link> },
  { title: "Reference", cell: ({ ref }) => <code>{ref}</code> },
  { title: "Region", cell: ({ region }) => region },
  { title: "Status", cell: ({ status }) => <Badge status={status} /> },
];

const sorts = {
  name_asc: "Name",
  created_desc: "Newest first",
  created_asc: "Oldest first",
};

export function Projects({ slug }) {
  const api = useApi();
  const [search, setSearch] = useState("");
  const [sort, setSort] = useState("name_asc");
  const [offset, setOffset] = useState(0);
  const call = useCall(
    () => api.organizations.listProjects(slug, { offset, limit, sort, search: search || undefined }),
    [api, slug, search, sort, offset],
  );
  const restart = (set) => (value) => {
    set(value);
    setOffset(0);
  };
  function onSubmit(event) {
    event.preventDefault();
    restart(setSearch)(new FormData(event.target).get("search").trim());
  }
  return (
    <Section title="Projects">
      <form class="filter" onSubmit={onSubmit}>
        <Field label="Search" name="search" type="search" />
        <Field as="select" label="Order" value={sort} onChange={({ target }) => restart(setSort)(target.value)}>
          {Object.entries(sorts).map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </Field>
        <button type="submit">Search</button>
      </form>
      <Loaded call={call}>
        {({ projects, pagination }) => (
          <>
            <Table
              class="projects"
              label="Projects of the organization"
              columns={columns}
              items={projects}
              keyOf={({ ref }) => ref}
              empty="No projects."
            />
            <Pages {...pagination} goTo={setOffset} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Pages({ count, offset, goTo }) {
  const last = Math.min(offset + limit, count);
  return (
    <p class="pages">
      <button type="button" disabled={offset === 0} onClick={() => goTo(Math.max(0, offset - limit))}>
        Previous page
      </button>
      <span aria-live="polite">{count === 0 ? "0 projects" : `${offset + 1} to ${last} of ${count}`}</span>
      <button type="button" disabled={last >= count} onClick={() => goTo(offset + limit)}>
        Next page
      </button>
    </p>
  );
}
