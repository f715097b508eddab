// The first view: organizations, and the projects in them.
import { ask } from "./dialogs.js";
import { announce, byId, on, place, stamp } from "./dom.js";
import { badge } from "./statuses.js";

const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

export function showHome(page) {
  const { organizations, projects } = page.account;
  byId("home-summary").textContent =
    `${count(projects.length, "project")} in ${count(organizations.length, "organization")}`;
  const slugs = organizations.map(({ slug }) => slug);
  // A token may see projects of organizations that it does not see.
  const unseen = [...new Set(projects.map((project) => project.organization_slug))].filter(
    (slug) => !slugs.includes(slug),
  );
  const all = [...organizations, ...unseen.map((slug) => ({ slug, name: slug }))];
  byId("organizations").replaceChildren(...all.map((organization) => organizationOf(page, organization)));
}

function organizationOf(page, { slug, name }) {
  const element = stamp("organization", { name, slug });
  const own = page.account.projects.filter((project) => project.organization_slug === slug);
  const table = element.querySelector("table");
  table.setAttribute("aria-label", `Projects of ${name}`);
  table.hidden = own.length === 0;
  element.querySelector(".empty").hidden = own.length > 0;
  table.tBodies[0].append(...own.map(rowOf));
  on(element, "new-project", () => askForProject(page, slug));
  return element;
}

function rowOf(project) {
  const row = stamp("project", project);
  row.querySelector("a").href = `#projects/${encodeURIComponent(project.ref)}`;
  place(row, "status", badge(project));
  return row;
}

export function askForOrganization(page) {
  ask("organization", {
    submit: async ({ name }) => {
      const { api } = page.connection;
      const created = await api.organizations.create({ name });
      await page.load();
      announce(`Created the organization ${created.name} (${created.slug})`);
    },
    after: () => byId("new-organization").focus(),
  });
}

function askForProject(page, organization) {
  const choices = page.account.organizations.map(({ slug, name }) => new Option(name, slug));
  byId("project-dialog")
    .querySelector("[name=organization_slug]")
    .replaceChildren(...choices);
  let created;
  ask("project", {
    fields: { organization_slug: organization },
    submit: async ({ name, db_pass, organization_slug, region }) => {
      const [type, code] = region.split(" ");
      const { api } = page.connection;
      created = await api.projects.create({ name, organization_slug, region_selection: { type, code }, db_pass });
      await page.load();
      announce(`Created the project ${created.name} (${created.ref}): ${created.status}`);
    },
    after: () => {
      const links = [...byId("organizations").querySelectorAll("a")];
      links.find(({ hash }) => hash.endsWith(`/${created.ref}`))?.focus();
    },
  });
}
