// The first view: organizations, and the projects in them.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { useApi, usePage } from "../context.js";
import { Badge } from "../parts/badge.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { Field } from "../parts/field.jsx";
import { useLiveForm } from "../parts/live-form.jsx";
import { Progress, useProgress } from "../parts/progress.jsx";
import { Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";
import { hrefs } from "../views.js";
import { NewProject } from "./home/new-project.jsx";

/** From how many projects on there is a filter. */
const many = 5;

const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

const columns = [
  { title: "Name", head: true, cell: ({ ref, name }) => <Link href={hrefs.project(ref)}>{name || ref}</Link> },
  { title: "Reference", cell: ({ ref }) => <code>{ref}</code> },
  { title: "Region", cell: ({ region }) => region },
  { title: "Status", cell: ({ status }) => <Badge status={status} /> },
];

export default function Home() {
  const { account, loading } = usePage();
  const { organizations, projects } = account;
  const [asking, ask] = useState();
  const [filter, setFilter] = useState("");
  const api = useApi();
  const work = useProgress();
  document.title = "supabase-management-wasm";
  // A token may see projects of organizations that it does not see.
  const slugs = new Set(organizations.map(({ slug }) => slug));
  const unseen = new Set(projects.map((project) => project.organization_slug).filter((slug) => !slugs.has(slug)));
  const all = [...organizations, ...Array.from(unseen, (slug) => ({ slug, name: slug }))];
  const summary = `${count(projects.length, "project")} in ${count(organizations.length, "organization")}`;
  const wanted = filter.trim().toLowerCase();
  const shown = projects.filter(({ ref, name }) => `${name} ${ref}`.toLowerCase().includes(wanted));
  const close = () => ask(undefined);

  const follow = ({ ref, name }) =>
    work.follow({
      title: `${name} comes up`,
      wait: (options) => api.projects.waitUntilHealthy(ref, options),
      done: `${name} is up`,
    });

  return (
    <Section
      level={2}
      title="Projects"
      text={loading && all.length === 0 ? "Loading …" : summary}
      actions={
        <p class="buttons">
          <button type="button" onClick={() => ask("organization")}>
            New organization
          </button>
          <button type="button" class="primary" disabled={organizations.length === 0} onClick={() => ask("project")}>
            New project
          </button>
        </p>
      }
    >
      <Progress work={work} />
      {projects.length >= many && (
        <div class="filter">
          <Field
            label="Filter by name or reference"
            type="search"
            value={filter}
            onInput={({ target }) => setFilter(target.value)}
          />
          <p aria-live="polite">{wanted && `${shown.length} of ${count(projects.length, "project")}`}</p>
        </div>
      )}
      {all.map((organization) => (
        <Organization
          key={organization.slug}
          organization={organization}
          projects={shown.filter((project) => project.organization_slug === organization.slug)}
          empty={wanted ? "No project has this in its name." : "No projects yet."}
        />
      ))}
      {asking === "organization" && <NewOrganization onClose={close} />}
      {asking === "project" && <NewProject organizations={organizations} created={follow} onClose={close} />}
    </Section>
  );
}

const Organization = ({ organization: { slug, name }, projects, empty }) => (
  <Section
    class="organization"
    title={[
      <Link key="name" href={hrefs.organization(slug)}>
        {name}
      </Link>,
      " ",
      <code key="slug">{slug}</code>,
    ]}
  >
    <Table
      class="projects"
      label={`Projects of ${name}`}
      columns={columns}
      items={projects}
      keyOf={({ ref }) => ref}
      empty={empty}
    />
  </Section>
);

function NewOrganization({ onClose }) {
  const api = useApi();
  const { reload, announce } = usePage();
  const { bind } = useLiveForm({
    id: "organizations.create",
    argsOf: ({ name }) => [{ name }],
    samples: { name: "Acme" },
  });
  async function submit({ name }) {
    const created = await api.organizations.create({ name });
    await reload();
    announce(`Created the organization ${created.name} (${created.slug})`);
  }
  return (
    <Dialog title="New organization" action="Create organization" submit={submit} onClose={onClose}>
      <p class="real">This is your own account: the organization will be real.</p>
      <Field label="Name" required {...bind("name")} />
    </Dialog>
  );
}
