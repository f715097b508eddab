// The secrets of a project: the functions see them in their environment, and nobody can read them back.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../context.js";
import { useCall } from "../hooks.js";
import { Confirm, Dialog } from "../parts/dialog.jsx";
import { Field } from "../parts/field.jsx";
import { useLiveForm } from "../parts/live-form.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";
import { PasteSecrets } from "./secrets/paste.jsx";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

export default function Secrets({ project: { ref } }) {
  const api = useApi();
  const call = useCall(() => api.secrets.list(ref), [api, ref]);
  const [asking, setAsking] = useState();
  const [removed, setRemoved] = useState();
  const columns = [
    { title: "Name", head: true, cell: ({ name }) => <code>{name}</code> },
    { title: "SHA-256", cell: ({ value }) => <code>{value.slice(0, 12)}…</code> },
    { title: "Set", cell: ({ updated_at }) => (updated_at ? day.format(new Date(updated_at)) : "") },
    {
      title: "Actions",
      actions: true,
      cell: ({ name }) => (
        <button type="button" aria-label={`Delete ${name}`} onClick={() => setRemoved(name)}>
          Delete
        </button>
      ),
    },
  ];
  return (
    <Section
      title="Secrets"
      actions={
        <p class="buttons">
          <button type="button" disabled={!call.data} onClick={() => setAsking("several")}>
            Paste several
          </button>
          <button type="button" onClick={() => setAsking("one")}>
            New secret
          </button>
        </p>
      }
    >
      <Loaded call={call}>
        {(secrets) => (
          <Table label="Secrets" columns={columns} items={secrets} keyOf={({ name }) => name} empty="No secrets yet." />
        )}
      </Loaded>
      {asking === "one" && <NewSecret projectRef={ref} reload={call.reload} onClose={() => setAsking(undefined)} />}
      {asking === "several" && (
        <PasteSecrets
          projectRef={ref}
          existing={call.data.map(({ name }) => name)}
          reload={call.reload}
          onClose={() => setAsking(undefined)}
        />
      )}
      {removed && (
        <RemoveSecret name={removed} projectRef={ref} reload={call.reload} onClose={() => setRemoved(undefined)} />
      )}
    </Section>
  );
}

function NewSecret({ projectRef, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const { bind } = useLiveForm({
    id: "secrets.create",
    argsOf: (secret) => [projectRef, [secret]],
    samples: { name: "ACME", value: "" },
  });
  async function submit({ name, value }) {
    await api.secrets.create(projectRef, [{ name, value }]);
    await reload();
    announce(`Created the secret ${name}`);
  }
  return (
    <Dialog title="New secret" action="Create secret" submit={submit} onClose={onClose}>
      <p>The functions of this project see it in their environment. A name that exists gets the new value.</p>
      <Field label="Name" required autocapitalize="none" {...bind("name")} />
      <Field
        label="Value"
        type="password"
        required
        {...bind("value")}
        hint="It cannot be read back: the list shows its SHA-256."
      />
    </Dialog>
  );
}

function RemoveSecret({ name, projectRef, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  async function submit() {
    await api.secrets.delete(projectRef, [name]);
    await reload();
    announce(`Deleted the secret ${name}`);
  }
  return (
    <Confirm
      title={`Delete the secret ${name}?`}
      text="This cannot be undone."
      action="Delete secret"
      submit={submit}
      onClose={onClose}
    />
  );
}
