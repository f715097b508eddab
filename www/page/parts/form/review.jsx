// What is changed, before it is sent: the old value and the new one of each field.
import { mask, masked } from "../../form/masked.js";
import { riskOf } from "../../explorer.js";
import { Dialog } from "../dialog.jsx";
import { Scroller } from "../scroller.jsx";
import { Table } from "../table.jsx";

/** A value in a table. An absent one is no `null`. */
function Shown({ value, secret }) {
  if (value === undefined) return <em>not set</em>;
  if (value === null) return <code>null</code>;
  return <code>{secret ? mask : JSON.stringify(value)}</code>;
}

const columns = [
  { title: "Setting", head: true, cell: ({ path }) => <code>{path}</code> },
  { title: "Now", cell: ({ before, secret }) => <Shown value={before} secret={secret} /> },
  { title: "Then", cell: ({ after, secret }) => <Shown value={after} secret={secret} /> },
];

export function ReviewDialog({ write, type, changed, sent, title, submit, onClose }) {
  const risk = riskOf(write);
  return (
    <Dialog
      title={`Change ${title}`}
      action="Send the changes"
      danger={Boolean(risk)}
      wide
      submit={submit}
      onClose={onClose}
    >
      <p class="real">This is your own account: the change will be real.</p>
      {risk && <p>{risk}</p>}
      <Scroller class="rows review" label="Changes">
        <Table label="Changes" columns={columns} items={changed} keyOf={({ path }) => path} />
      </Scroller>
      <details>
        <summary>
          What is sent: {write.verb} {write.route}
        </summary>
        <Scroller class="code" label="What is sent">
          <pre>
            <code>{JSON.stringify(masked(type, sent), null, 2)}</code>
          </pre>
        </Scroller>
      </details>
    </Dialog>
  );
}
