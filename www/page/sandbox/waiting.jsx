// The faults that have not come yet.
import { usePage } from "../context.js";
import { Table } from "../parts/table.jsx";
import { wordsOf } from "./faults.js";

const columns = [
  { title: "Endpoint", head: true, cell: ({ endpoint }) => <code>{endpoint}</code> },
  { title: "What goes wrong", cell: wordsOf },
  { title: "Answers left", cell: ({ times }) => (Number.isFinite(times) ? times : "all") },
];

export function WaitingFaults({ sandbox, faults, changed }) {
  const { announce } = usePage();
  function clear() {
    sandbox.clearFaults();
    changed();
    announce("All faults are switched off");
  }
  return (
    <>
      <Table
        class="waiting"
        label="Faults that wait"
        columns={columns}
        items={faults.map((fault, at) => ({ ...fault, at }))}
        keyOf={({ at }) => at}
        empty="No faults wait: every call is answered as it should be."
      />
      {faults.length > 0 && (
        <p class="actions">
          <button type="button" onClick={clear}>
            Switch all off
          </button>
        </p>
      )}
    </>
  );
}
