// The dialogs that create, change and delete an API key.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../../context.js";
import { Dialog } from "../../parts/dialog.jsx";
import { Check, Field } from "../../parts/field.jsx";
import { useLiveForm } from "../../parts/live-form.jsx";

/** Without a text there is no description: `null` takes away the one that there was. */
const bodyOf = ({ type, name, description }) => ({ ...(type && { type }), name, description: description || null });

const samples = { type: "publishable", name: "acme", description: "" };

/** @param edited the key to change; undefined for a new one */
export function KeyDialog({ projectRef, edited, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const creates = edited === undefined;
  const { bind } = useLiveForm({
    id: creates ? "apiKeys.create" : "apiKeys.update",
    argsOf: ({ type, ...rest }) =>
      creates ? [projectRef, bodyOf({ type, ...rest })] : [projectRef, edited.id, bodyOf(rest)],
    samples,
    initial: creates ? { type: "publishable" } : { name: edited.name, description: edited.description ?? "" },
  });
  async function submit(values) {
    if (creates) await api.apiKeys.create(projectRef, bodyOf(values));
    else await api.apiKeys.update(projectRef, edited.id, bodyOf(values));
    await reload();
    announce(creates ? `Created the key ${values.name}` : `Changed the key ${values.name}`);
  }
  return (
    <Dialog
      title={creates ? "New API key" : `Edit the key ${edited.name}`}
      action={creates ? "Create key" : "Save key"}
      submit={submit}
      onClose={onClose}
    >
      {creates && (
        <Field as="select" label="Kind" {...bind("type")}>
          <option value="publishable">publishable: for pages and apps</option>
          <option value="secret">secret: for servers</option>
        </Field>
      )}
      <Field label="Name" required autocapitalize="none" {...bind("name")} />
      <Field label="Description" {...bind("description")} />
    </Dialog>
  );
}

export function DeleteKey({ projectRef, deleted, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const [leaked, setLeaked] = useState(false);
  async function submit() {
    await api.apiKeys.delete(projectRef, deleted.id, ...(leaked ? [{ was_compromised: true }] : []));
    await reload();
    announce(`Deleted the key ${deleted.name}`);
  }
  return (
    <Dialog title={`Delete the key ${deleted.name}?`} action="Delete key" danger submit={submit} onClose={onClose}>
      <p>Whatever uses it is refused from then on. This cannot be undone.</p>
      <Check label="Somebody else may know it" checked={leaked} onChange={({ target }) => setLeaked(target.checked)} />
    </Dialog>
  );
}
