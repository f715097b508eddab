// The first view: organizations, and the projects in them.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { useApi, usePage } from "../context.js";
import { Badge } from "../parts/badge.jsx";
import { Dialog } from "../parts/dialog.jsx";
import { Field } from "../parts/field.jsx";
import { Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";
import { hrefs } from "../views.js";

const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

const columns = [
  { title: "Name", head: true, cell: ({ ref, name }) => <Link href={hrefs.project(ref)}>{name}</Link> },
  { title: "Reference", cell: ({ ref }) => <code>{ref}</code> },
  { title: "Region", cell: ({ region }) => region },
  { title: "Status", cell: ({ status }) => <Badge status={status} /> },
];

export default function Home() {
  const { account, loading } = usePage();
  const { organizations, projects } = account;
  const [asking, setAsking] = useState(false);
  document.title = "supabase-management-wasm";
  // A token may see projects of organizations that it does not see.
  const slugs = new Set(organizations.map(({ slug }) => slug));
  const unseen = new Set(projects.map((project) => project.organization_slug).filter((slug) => !slugs.has(slug)));
  const all = [...organizations, ...Array.from(unseen, (slug) => ({ slug, name: slug }))];
  const summary = `${count(projects.length, "project")} in ${count(organizations.length, "organization")}`;
  return (
    <Section
      level={2}
      title="Projects"
      text={loading && all.length === 0 ? "Loading …" : summary}
      actions={
        <button type="button" onClick={() => setAsking(true)}>
          New organization
        </button>
      }
    >
      {all.map((organization) => (
        <Organization
          key={organization.slug}
          organization={organization}
          projects={projects.filter((project) => project.organization_slug === organization.slug)}
        />
      ))}
      {asking && <NewOrganization onClose={() => setAsking(false)} />}
    </Section>
  );
}

const Organization = ({ organization: { slug, name }, projects }) => (
  <Section class="organization" title={[name, " ", <code key="slug">{slug}</code>]}>
    <Table
      class="projects"
      label={`Projects of ${name}`}
      columns={columns}
      items={projects}
      keyOf={({ ref }) => ref}
      empty="No projects yet."
    />
  </Section>
);

function NewOrganization({ onClose }) {
  const api = useApi();
  const { reload, announce } = usePage();
  async function submit({ name }) {
    const created = await api.organizations.create({ name });
    await reload();
    announce(`Created the organization ${created.name} (${created.slug})`);
  }
  return (
    <Dialog title="New organization" action="Create organization" submit={submit} onClose={onClose}>
      <p class="real">This is your own account: the organization will be real.</p>
      <Field label="Name" name="name" required />
    </Dialog>
  );
}
