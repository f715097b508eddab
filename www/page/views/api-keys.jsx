// The API keys of a project, which are only shown on demand, and the keys that sign its JWTs.
import { useState } from "preact/hooks";
import { useApi } from "../context.js";
import { useAction, useCall } from "../hooks.js";
import { keyIdOf, masked } from "../keys.js";
import { CopyButton } from "../parts/copy-button.jsx";
import { Fault } from "../parts/fault.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";
import { DeleteKey, KeyDialog } from "./api-keys/dialogs.jsx";
import { Legacy } from "./api-keys/legacy.jsx";
import { SigningKeys } from "./api-keys/signing-keys.jsx";

export default function ApiKeys({ project: { ref } }) {
  const api = useApi();
  const call = useCall(() => api.apiKeys.list(ref), [api, ref]);
  const [shown, setShown] = useState({});
  const [asked, ask] = useState();
  const close = () => ask(undefined);

  const readKey = async ({ id, api_key, type }) =>
    // The list has the legacy keys whole; the others are only told by a call that asks for it.
    type === "legacy" ? api_key : (await api.apiKeys.get(ref, id, { reveal: true })).api_key;
  const { run: reveal, error } = useAction(async (key) => {
    const value = await readKey(key);
    setShown((before) => ({ ...before, [keyIdOf(key)]: value }));
  });
  const hide = (key) => setShown(({ [keyIdOf(key)]: _, ...rest }) => rest);

  const columns = [
    {
      title: "Name",
      head: true,
      cell: ({ name, description }) => (
        <>
          {name} {description && <small>{description}</small>}
        </>
      ),
    },
    { title: "Kind", cell: ({ type }) => type ?? "legacy" },
    { title: "Key", cell: (key) => <code class="key">{shown[keyIdOf(key)] ?? masked(key)}</code> },
    {
      title: "Actions",
      actions: true,
      cell: (key) => {
        const open = keyIdOf(key) in shown;
        const named = `${key.name} (${key.type})`;
        return (
          <>
            <button
              type="button"
              aria-label={`${open ? "Hide" : "Reveal"} ${named}`}
              onClick={() => (open ? hide(key) : reveal(key))}
            >
              {open ? "Hide" : "Reveal"}
            </button>
            <CopyButton label="Copy" aria-label={`Copy ${named}`} said={`Copied ${named}`} text={() => readKey(key)} />
            {key.type !== "legacy" && (
              <>
                <button type="button" aria-label={`Edit ${named}`} onClick={() => ask({ dialog: "edit", key })}>
                  Edit
                </button>
                <button type="button" aria-label={`Delete ${named}`} onClick={() => ask({ dialog: "delete", key })}>
                  Delete
                </button>
              </>
            )}
          </>
        );
      },
    },
  ];
  return (
    <>
      <Section
        class="api-keys"
        title="API keys"
        text="Publishable keys may be in pages and apps. Secret keys may do everything, and belong on servers only."
        actions={
          <button type="button" onClick={() => ask({ dialog: "create" })}>
            New key
          </button>
        }
      >
        <Fault error={error} />
        <Loaded call={call}>
          {(keys) => <Table label="API keys" columns={columns} items={keys} keyOf={keyIdOf} empty="No keys yet." />}
        </Loaded>
        {(asked?.dialog === "create" || asked?.dialog === "edit") && (
          <KeyDialog projectRef={ref} edited={asked.key} reload={call.reload} onClose={close} />
        )}
        {asked?.dialog === "delete" && (
          <DeleteKey projectRef={ref} deleted={asked.key} reload={call.reload} onClose={close} />
        )}
      </Section>
      <Legacy projectRef={ref} reload={call.reload} />
      <SigningKeys projectRef={ref} />
    </>
  );
}
