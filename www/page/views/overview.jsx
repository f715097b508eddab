// A project at a glance.
import { usePage } from "../context.js";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

export default function Overview({ project }) {
  const { account } = usePage();
  const organization = account.organizations.find(({ slug }) => slug === project.organization_slug);
  const facts = {
    Reference: <code>{project.ref}</code>,
    Organization: organization?.name ?? project.organization_slug,
    Region: project.region,
    Created: day.format(new Date(project.created_at)),
    Database: `Postgres ${project.database?.version ?? ""}`,
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
