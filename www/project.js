// The view of one project: its functions and secrets.
import { ask, confirm } from "./dialogs.js";
import { announce, byId, on, place, stamp, write } from "./dom.js";
import { faultOf } from "./faults.js";
import { showSql } from "./sql.js";
import { badge } from "./statuses.js";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const dayOf = (time) => (time === undefined ? "" : day.format(new Date(time)));

let current;

export function showProject(page, project) {
  const { account } = page;
  const organization = account.organizations.find(({ slug }) => slug === project.organization_slug);
  const view = byId("project");
  current = project.ref;
  byId("project-title").textContent = project.name;
  place(view, "status", badge(project));
  write(view.querySelector("dl"), {
    ref: project.ref,
    organization: organization?.name ?? project.organization_slug,
    region: project.region,
    created: dayOf(project.created_at),
    database: `Postgres ${project.database?.version ?? ""}`,
  });
  showSql(page, project.ref);
  for (const list of [functions, secrets]) {
    byId(list.id).replaceChildren();
    list.button().onclick = () => list.add(page, project.ref);
    list.show(page, project.ref);
  }
}

/**
 * A table of things that a project has.
 * @param id name of the resource, which is also the id of its place and the name of its template
 * @param one name of the template of a row
 */
function listOf(id, one, { add, textsOf, wire }) {
  const list = {
    id,
    button: () => byId(`new-${one}`),
    add: (page, ref) => add(page, ref, list),
    async show(page, ref) {
      const { connection } = page;
      const isCurrent = () => page.connection === connection && current === ref;
      try {
        const items = await connection.api[id].list(ref);
        if (isCurrent()) byId(id).replaceChildren(items.length > 0 ? tableOf(page, ref, items) : none());
      } catch (error) {
        if (isCurrent()) byId(id).replaceChildren(faultOf(error));
      }
    },
    /** Asks, deletes, and shows what is left. */
    remove(page, ref, name, call) {
      confirm(
        `Delete the ${one} ${name}?`,
        "This cannot be undone.",
        `Delete ${one}`,
        async () => {
          await call();
          await list.show(page, ref);
          announce(`Deleted the ${one} ${name}`);
        },
        () => list.button().focus(),
      );
    },
  };

  function tableOf(page, ref, items) {
    const table = stamp(id);
    table.setAttribute("aria-labelledby", `${id}-title`);
    const rows = items.map((item) => {
      const row = stamp(one, textsOf(item));
      for (const button of row.querySelectorAll("button")) {
        button.setAttribute("aria-label", `${button.textContent} ${item.slug ?? item.name}`);
      }
      wire(page, ref, item, row, list);
      return row;
    });
    table.tBodies[0].append(...rows);
    return table;
  }

  function none() {
    const element = document.createElement("p");
    element.className = "empty";
    element.textContent = `No ${id} yet.`;
    return element;
  }

  return list;
}

const functions = listOf("functions", "function", {
  textsOf: ({ name, slug, version, verify_jwt, updated_at }) => ({
    name,
    slug,
    version,
    jwt: verify_jwt ? "needed" : "not needed",
    deployed: dayOf(updated_at),
  }),

  add(page, ref, list) {
    const { api } = page.connection;
    ask("function", {
      submit: async ({ slug, name, body, verify_jwt }) => {
        const created = await api.functions.create(ref, { slug, name, body, verify_jwt: verify_jwt === "on" });
        await list.show(page, ref);
        announce(`Created the function ${created.slug}`);
      },
      after: () => list.button().focus(),
    });
  },

  wire(page, ref, { slug }, row, list) {
    const { api } = page.connection;
    on(row, "delete", () => list.remove(page, ref, slug, () => api.functions.delete(ref, slug)));
    on(row, "change", async () => {
      try {
        const { name, verify_jwt } = await api.functions.get(ref, slug);
        change(page, ref, slug, { name, verify_jwt: verify_jwt ?? false }, list);
      } catch (error) {
        announce(error.message);
      }
    });
  },
});

function change(page, ref, slug, fields, list) {
  const { api } = page.connection;
  ask("change", {
    fields,
    texts: { slug },
    submit: async ({ name, body, verify_jwt }) => {
      const changes = { name, body: body || undefined, verify_jwt: verify_jwt === "on" };
      const { version } = await api.functions.update(ref, slug, changes);
      await list.show(page, ref);
      announce(`Changed the function ${slug}: version ${version}`);
    },
    after: () => list.button().focus(),
  });
}

const secrets = listOf("secrets", "secret", {
  textsOf: ({ name, value, updated_at }) => ({ name, digest: `${value.slice(0, 12)}…`, set: dayOf(updated_at) }),

  add(page, ref, list) {
    const { api } = page.connection;
    ask("secret", {
      submit: async ({ name, value }) => {
        await api.secrets.create(ref, [{ name, value }]);
        await list.show(page, ref);
        announce(`Created the secret ${name}`);
      },
      after: () => list.button().focus(),
    });
  },

  wire(page, ref, { name }, row, list) {
    const { api } = page.connection;
    on(row, "delete", () => list.remove(page, ref, name, () => api.secrets.delete(ref, [name])));
  },
});
