// An organization: its plan, its members, its projects, and what its plan lets it do.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { limitOf, wordsOfFeature } from "../entitlements.js";
import { useApi } from "../context.js";
import { useCall } from "../hooks.js";
import { Badge } from "../parts/badge.jsx";
import { Field } from "../parts/field.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";
import { hrefs } from "../views.js";
import { Claim } from "./organization/claim.jsx";
import { Members } from "./organization/members.jsx";
import { Projects } from "./organization/projects.jsx";

export default function Organization({ slug: encoded }) {
  const slug = decodeURIComponent(encoded);
  const api = useApi();
  const call = useCall(() => api.organizations.get(slug), [api, slug]);
  const [claiming, claim] = useState(false);
  const name = call.data?.name ?? slug;
  document.title = `${name} · Organization`;
  return (
    <section id="organization" aria-labelledby="organization-title">
      <nav aria-label="Breadcrumb">
        <Link href={hrefs.home}>← All projects</Link>
      </nav>
      <header class="heading">
        <h2 id="organization-title">{name}</h2>
        <button type="button" onClick={() => claim(true)}>
          Claim a project
        </button>
      </header>
      <Loaded call={call}>{(organization) => <Facts slug={slug} organization={organization} />}</Loaded>
      <Members key={`members ${slug}`} slug={slug} />
      <Projects key={`projects ${slug}`} slug={slug} />
      <Repositories slug={slug} />
      <Entitlements slug={slug} />
      {claiming && <Claim slug={slug} onClose={() => claim(false)} />}
    </section>
  );
}

function Facts({ slug, organization: { plan, opt_in_tags: tags, allowed_release_channels: channels } }) {
  const facts = {
    Slug: <code>{slug}</code>,
    Plan: plan ?? "unknown",
    "Release channels": channels.join(", ") || "none",
    "Opted in to": tags.join(", ") || "nothing",
  };
  return (
    <dl class="facts">
      {Object.entries(facts).map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const repositoryColumns = [
  { title: "Repository", head: true, cell: ({ attributes }) => attributes.repository.name },
  {
    title: "Project",
    cell: ({ attributes: { project } }) => <Link href={hrefs.project(project.ref)}>{project.name}</Link>,
  },
  { title: "Folder", cell: ({ attributes }) => <code>{attributes.workdir}</code> },
  {
    title: "Branches",
    cell: ({ attributes }) =>
      attributes.new_branch_per_pr ? `one for each pull request, ${attributes.branch_limit} at most` : "by hand",
  },
];

/** The repositories of GitHub that deploy to projects of the organization. */
function Repositories({ slug }) {
  const api = useApi();
  const call = useCall(async () => {
    const found = [];
    for await (const connection of api.v2.organizations.listGithubConnections(slug)) found.push(connection);
    return found;
  }, [api, slug]);
  return (
    <Section class="repositories" title="Repositories">
      <Loaded call={call}>
        {(items) => (
          <Table
            label="Repositories"
            columns={repositoryColumns}
            items={items}
            keyOf={({ id }) => id}
            empty="No repository of GitHub is connected."
          />
        )}
      </Loaded>
    </Section>
  );
}

const entitlementColumns = [
  {
    title: "Feature",
    head: true,
    cell: ({ feature: { key } }) => (
      <>
        {wordsOfFeature(key)} <small>{key}</small>
      </>
    ),
  },
  {
    title: "Access",
    cell: ({ hasAccess }) => (
      <Badge status={hasAccess ? "included" : "not included"} kind={hasAccess ? "good" : "resting"} />
    ),
  },
  { title: "Limit", cell: (entitlement) => <span class="wrapped">{limitOf(entitlement)}</span> },
];

function Entitlements({ slug }) {
  const api = useApi();
  const call = useCall(() => api.organizations.getEntitlements(slug), [api, slug]);
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  return (
    <Section class="entitlements" title="What the plan includes">
      <div class="filter">
        <Field
          label="Filter by feature"
          type="search"
          value={filter}
          onInput={({ target }) => setFilter(target.value)}
        />
      </div>
      <Loaded call={call}>
        {({ entitlements }) => (
          <Table
            label="What the plan includes"
            columns={entitlementColumns}
            items={entitlements.filter(({ feature: { key } }) => `${key} ${wordsOfFeature(key)}`.includes(wanted))}
            keyOf={({ feature: { key } }) => key}
            empty="No feature has this in its name."
          />
        )}
      </Loaded>
    </Section>
  );
}
