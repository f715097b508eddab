// The calls as the sandbox saw them: every attempt of the client is one.
import { Scroller } from "../parts/scroller.jsx";
import { Table } from "../parts/table.jsx";

/** How many are shown, the latest first. */
const most = 50;

const time = new Intl.DateTimeFormat("en", { timeStyle: "medium" });

const columns = [
  {
    title: "Call",
    head: true,
    cell: ({ method, path }) => (
      <code>
        {method} {path}
      </code>
    ),
  },
  { title: "Endpoint", cell: ({ endpoint }) => endpoint ?? "none" },
  { title: "Answered", cell: ({ status }) => status ?? "nothing yet, or the connection was lost" },
  { title: "Time", cell: (call) => time.format(call.time) },
];

export const SeenCalls = ({ calls }) => (
  <Scroller class="seen" label="Seen calls, the latest first">
    <Table
      label="Seen calls, the latest first"
      columns={columns}
      items={calls
        .map((call, at) => ({ ...call, at }))
        .reverse()
        .slice(0, most)}
      keyOf={({ at }) => at}
      empty="No calls yet."
    />
  </Scroller>
);
