// How the database and its machine are doing right now.
import { useApi } from "../context.js";
import { useCall } from "../hooks.js";
import { Scroller } from "../parts/scroller.jsx";
import { Loaded } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";
import { readMetrics } from "./prometheus.js";

const columns = [
  {
    title: "Metric",
    head: true,
    cell: ({ name, about }) => [<code key="name">{name}</code>, <small key="about">{about}</small>],
  },
  { title: "Labels", cell: ({ labels }) => labels },
  { title: "Value", cell: ({ value }) => <code>{Number(value).toLocaleString("en")}</code> },
];

export function Metrics({ projectRef }) {
  const api = useApi();
  const call = useCall(() => api.analytics.getMetrics(projectRef), [api, projectRef]);
  return (
    <Loaded call={call}>
      {(text) => (
        <Scroller class="metrics" label="Metrics">
          <Table
            label="Metrics"
            columns={columns}
            items={readMetrics(text)}
            keyOf={({ name, labels }) => `${name} ${labels}`}
            empty="The API gave no metrics."
          />
        </Scroller>
      )}
    </Loaded>
  );
}
