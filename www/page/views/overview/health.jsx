// The health of each service of a project, looked at again as long as something comes up.
import { useEffect, useMemo } from "preact/hooks";
import { recorded } from "../../calls.js";
import { usePage } from "../../context.js";
import { useCall } from "../../hooks.js";
import { Badge, isMoving } from "../../parts/badge.jsx";
import { Loaded, Section } from "../../parts/section.jsx";
import { Table } from "../../parts/table.jsx";

/** The services that a project has, and what each is for. */
const services = {
  db: "Database",
  auth: "Auth",
  rest: "Data API",
  storage: "Storage",
  realtime: "Realtime",
  pooler: "Connection pooler",
};

/** Milliseconds between two looks while something moves. */
const pollMs = 2_000;

/** What a service tells of itself. */
function infoOf({ info, error }) {
  if (error) return error;
  if (info?.version) return `${info.name} ${info.version}`;
  if (info?.db_schema !== undefined) return `Schemas: ${info.db_schema}`;
  if (info?.db_connected !== undefined) return info.db_connected ? "Connected to the database" : "Not connected";
  return "";
}

const columns = [
  { title: "Service", head: true, cell: ({ name }) => services[name] ?? name },
  { title: "Status", cell: ({ status }) => <Badge status={status} /> },
  { title: "Details", cell: (service) => <span class="wrapped">{infoOf(service)}</span> },
];

export function Health({ project: { ref, status } }) {
  const { connection } = usePage();
  // Equal looks share one line in the list of calls.
  const api = useMemo(() => recorded(connection.client, { merge: true }), [connection]);
  const call = useCall(() => api.projects.getHealth(ref, { services: Object.keys(services) }), [api, ref, status]);
  const moving = isMoving({ status }) || call.data?.some(isMoving);
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(call.reload, pollMs);
    return () => clearInterval(timer);
  }, [moving, call.reload]);
  return (
    <Section
      class="health"
      title="Health"
      actions={
        <button type="button" onClick={call.reload}>
          Look again
        </button>
      }
    >
      <Loaded call={call}>
        {(found) => <Table label="Health of the services" columns={columns} items={found} keyOf={({ name }) => name} />}
      </Loaded>
    </Section>
  );
}
