// The Edge Functions of a project.
import { useApi } from "../context.js";
import { useCall } from "../hooks.js";
import { Loaded, Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

const columns = [
  { title: "Name", head: true, cell: ({ name, slug }) => [name, " ", <code key="slug">{slug}</code>] },
  { title: "Version", cell: ({ version }) => version },
  { title: "JWT", cell: ({ verify_jwt }) => (verify_jwt ? "needed" : "not needed") },
  { title: "Deployed", cell: ({ updated_at }) => day.format(new Date(updated_at)) },
];

export default function Functions({ project: { ref } }) {
  const api = useApi();
  const call = useCall(() => api.functions.list(ref), [api, ref]);
  return (
    <Section title="Functions">
      <Loaded call={call}>
        {(functions) => (
          <Table
            label="Functions"
            columns={columns}
            items={functions}
            keyOf={({ slug }) => slug}
            empty="No functions yet."
          />
        )}
      </Loaded>
    </Section>
  );
}
