// A project at a glance: its facts, the health of its services, and what can be done with it as a whole.
import { Link } from "wouter-preact";
import { useApi, usePage } from "../context.js";
import { useCall } from "../hooks.js";
import { Progress, useProgress } from "../parts/progress.jsx";
import { hrefs } from "../views.js";
import { Addons } from "./overview/addons.jsx";
import { Health } from "./overview/health.jsx";
import { Life } from "./overview/life.jsx";
import { Upgrade } from "./overview/upgrade.jsx";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

export default function Overview({ project }) {
  const work = useProgress();
  const api = useApi();
  const addons = useCall(() => api.billing.listAddons(project.ref), [api, project.ref, project.status]);
  return (
    <>
      <Facts project={project} addons={addons.data} />
      <Life project={project} work={work} />
      <Progress work={work} />
      <Health project={project} />
      <Upgrade project={project} work={work} />
      <Addons project={project} work={work} call={addons} />
    </>
  );
}

function Facts({ project, addons }) {
  const { account } = usePage();
  const organization = account.organizations.find(({ slug }) => slug === project.organization_slug);
  const size = addons?.selected_addons.find(({ type }) => type === "compute_instance")?.variant.name;
  const slug = project.organization_slug;
  const facts = {
    Reference: <code>{project.ref}</code>,
    Organization: slug ? <Link href={hrefs.organization(slug)}>{organization?.name ?? slug}</Link> : "…",
    Region: project.region,
    Created: day.format(new Date(project.created_at)),
    Database: `Postgres ${project.database?.version ?? ""}`,
    Instance: size ?? "…",
  };
  return (
    <dl class="facts">
      {Object.entries(facts).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
