// The frame of a project's views: its name, its status, and the way from one view to the others.
import { Link } from "wouter-preact";
import { useApi, usePage } from "../context.js";
import { useCall } from "../hooks.js";
import { Badge } from "../parts/badge.jsx";
import { View } from "../parts/view.jsx";
import { hrefs } from "../views.js";

export function ProjectView({ projectRef, view, part, views }) {
  const { account, loading } = usePage();
  const current = views.find(({ path }) => path === view);
  const listed = account.projects.find(({ ref }) => ref === projectRef);
  const found = useUnlisted(projectRef, !listed && !loading);
  const project = listed ?? found.data;
  if (!project || !current)
    return loading || (current && found.loading) ? <p class="loading">Loading …</p> : <NoProject />;
  document.title = `${current.title} · ${project.name}`;
  return (
    <section id="project" aria-labelledby="project-title">
      <nav aria-label="Breadcrumb">
        <Link href={hrefs.home}>← All projects</Link>
      </nav>
      <header class="heading">
        <h2 id="project-title">{project.name}</h2>
        <Badge status={project.status} />
      </header>
      <nav class="tabs" aria-label="Project">
        {views.map(({ path, title }) => (
          <Link key={path} href={hrefs.project(projectRef, path)} aria-current={path === view ? "page" : undefined}>
            {title}
          </Link>
        ))}
      </nav>
      {/* Another project is another view, with nothing of the one before it. */}
      <View key={projectRef} load={current.load} parameters={{ project, part }} />
    </section>
  );
}

/** A project that the list of all projects does not have: a branch is one. Where there is none, an error is no news. */
function useUnlisted(ref, wanted) {
  const api = useApi();
  return useCall(async () => (wanted ? await api.projects.get(ref) : undefined), [api, ref, wanted]);
}

const NoProject = () => (
  <section aria-labelledby="none-title">
    <h2 id="none-title">There is no such project here</h2>
    <p>
      <Link href={hrefs.home}>All projects</Link>
    </p>
  </section>
);
