// The Edge Functions of a project: the list of them, one of them, or the ways to deploy.
import { Link } from "wouter-preact";
import { go, useQuery, withQuery } from "../address.js";
import { useApi } from "../context.js";
import { Deploy } from "../functions/deploy.jsx";
import { OneFunction } from "../functions/one.jsx";
import { useCall } from "../hooks.js";
import { Loaded, Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";
import { hrefs } from "../views.js";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

export default function Functions({ project: { ref } }) {
  const api = useApi();
  const query = useQuery();
  const call = useCall(() => api.functions.list(ref), [api, ref]);
  const path = hrefs.project(ref, "functions");
  const slug = query.get("function");
  const deploying = query.get("show") === "deploy";
  const deploy = (
    <button type="button" class="primary" onClick={() => go(withQuery(path, { show: "deploy" }))}>
      Deploy a function
    </button>
  );
  if (slug !== null) {
    // Another function is another view, with nothing of the one before it.
    return <OneFunction key={slug} projectRef={ref} slug={slug} reload={call.reload} />;
  }
  if (deploying) return <Deploy projectRef={ref} reload={call.reload} />;
  return (
    <Section title="Functions" actions={deploy}>
      <Loaded call={call}>
        {(functions) => (
          <Table
            class="functions"
            label="Functions"
            columns={columnsWith(path)}
            items={functions}
            keyOf={({ slug }) => slug}
            empty="No functions yet. Deploy a function: an example is ready, and a folder can be dropped."
          />
        )}
      </Loaded>
    </Section>
  );
}

const columnsWith = (path) => [
  {
    title: "Name",
    head: true,
    cell: ({ name, slug }) => [
      <Link key="name" href={withQuery(path, { function: slug })}>
        {name}
      </Link>,
      " ",
      <code key="slug">{slug}</code>,
    ],
  },
  { title: "Version", cell: ({ version }) => version },
  { title: "JWT", cell: ({ verify_jwt }) => (verify_jwt ? "needed" : "not needed") },
  { title: "Deployed", cell: ({ updated_at }) => day.format(new Date(updated_at)) },
];
