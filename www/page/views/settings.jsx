// Every configuration of a project, each as a form that is made from the table.
import { Link } from "wouter-preact";
import { operations } from "../catalog.js";
import { configurations } from "../form/settings.js";
import { Configuration } from "../parts/form/configuration.jsx";
import { hrefs } from "../views.js";

const all = configurations(operations);
const first = "auth.updateConfig";

export default function Settings({ project: { ref }, part = first }) {
  const current = all.find(({ id }) => id === part);
  return (
    <div class="settings">
      <nav aria-label="Configurations">
        {all.map(({ id, title }) => (
          <Link key={id} href={hrefs.project(ref, `settings/${id}`)} aria-current={id === part ? "page" : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      {current ? (
        <Configuration key={`${ref} ${part}`} projectRef={ref} configuration={current} />
      ) : (
        <p class="none">There is no such configuration.</p>
      )}
    </div>
  );
}
