// What a plan will change, and the button that does it.
import { Table } from "../parts/table.jsx";

const columns = [
  { title: "Function", head: true, cell: ({ name }) => <code>{name}</code> },
  { title: "Change", cell: ({ action }) => action },
  { title: "Detail", cell: ({ detail }) => detail },
];

export const PlanTable = ({ drawn, apply, busy }) => (
  <>
    <Table
      class="plan-table"
      label="What will change"
      columns={columns}
      items={drawn.changes}
      keyOf={({ action, name }) => `${action} ${name}`}
      empty="Nothing to do: all functions are as in the folder."
    />
    <p>
      <small>
        {drawn.changes.length} to change, {drawn.unchanged} as they should be
      </small>
    </p>
    {drawn.notes.map((note) => (
      <p key={note}>
        <small>{note}</small>
      </p>
    ))}
    {!drawn.empty && (
      <p class="actions">
        <button type="button" class="primary" onClick={apply}>
          {busy ? "Deploying …" : "Deploy these changes"}
        </button>
      </p>
    )}
  </>
);
