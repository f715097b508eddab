// The keys that sign the JWTs of a project, and their rotation: a new one stands by, then it is in use, then it is replaced.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../../context.js";
import { useCall } from "../../hooks.js";
import { Badge } from "../../parts/badge.jsx";
import { Confirm, Dialog } from "../../parts/dialog.jsx";
import { Field } from "../../parts/field.jsx";
import { Loaded, Section } from "../../parts/section.jsx";
import { Table } from "../../parts/table.jsx";

const kinds = { in_use: "good", standby: "warn", previously_used: "resting", revoked: "bad" };
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const shortOf = (id) => `${id.slice(0, 8)}…`;

/** What can be done with a key of a status: the one in use goes only by another taking its place. */
const steps = {
  standby: ["rotate", "delete"],
  previously_used: ["rotate", "revoke"],
  revoked: ["delete"],
};

const questions = {
  rotate: {
    label: "Put in use",
    text: "New JWTs are signed with it. The key that is in use now stays valid as a previous one.",
    done: "is in use now",
    call: (api, ref, id) => api.signingKeys.update(ref, id, { status: "in_use" }),
  },
  revoke: {
    label: "Revoke",
    text: "JWTs that it has signed are refused from then on: everybody who has one must sign in again.",
    done: "is revoked",
    call: (api, ref, id) => api.signingKeys.update(ref, id, { status: "revoked" }),
  },
  delete: {
    label: "Delete",
    text: "This cannot be undone.",
    done: "is deleted",
    call: (api, ref, id) => api.signingKeys.delete(ref, id),
  },
};

export function SigningKeys({ projectRef }) {
  const api = useApi();
  const { announce } = usePage();
  const call = useCall(() => api.signingKeys.list(projectRef), [api, projectRef]);
  const [asked, ask] = useState();
  const close = () => ask(undefined);
  const question = questions[asked?.step];

  const columns = [
    { title: "Key", head: true, cell: ({ id }) => <code>{shortOf(id)}</code> },
    { title: "Algorithm", cell: ({ algorithm }) => algorithm },
    { title: "Status", cell: ({ status }) => <Badge status={status} kind={kinds[status] ?? "resting"} /> },
    { title: "Created", cell: ({ created_at }) => day.format(new Date(created_at)) },
    {
      title: "Actions",
      actions: true,
      cell: ({ id, status }) =>
        (steps[status] ?? []).map((step) => (
          <button
            key={step}
            type="button"
            aria-label={`${questions[step].label}: ${shortOf(id)}`}
            onClick={() => ask({ step, id })}
          >
            {questions[step].label}
          </button>
        )),
    },
  ];

  async function submit() {
    await question.call(api, projectRef, asked.id);
    await call.reload();
    announce(`The signing key ${shortOf(asked.id)} ${question.done}`);
  }
  async function importLegacy() {
    await api.signingKeys.createLegacy(projectRef);
    await call.reload();
    announce("The JWT secret is a signing key now");
  }
  return (
    <Section
      class="signing-keys"
      title="Signing keys"
      text="They sign the JWTs that Auth gives to users. A new one stands by until everything knows its public half."
      actions={
        <p class="buttons">
          <button type="button" disabled={call.data?.keys.length !== 0} onClick={() => ask({ step: "legacy" })}>
            Use the JWT secret
          </button>
          <button type="button" onClick={() => ask({ step: "create" })}>
            New signing key
          </button>
        </p>
      }
    >
      <Loaded call={call}>
        {({ keys }) => (
          <Table
            label="Signing keys"
            columns={columns}
            items={keys}
            keyOf={({ id }) => id}
            empty="No signing keys yet: the JWT secret signs."
          />
        )}
      </Loaded>
      {asked?.step === "create" && <NewSigningKey projectRef={projectRef} reload={call.reload} onClose={close} />}
      {asked?.step === "legacy" && (
        <Confirm
          title="Make a signing key of the JWT secret?"
          text="It becomes the key in use, and can then be rotated like the others."
          action="Use the JWT secret"
          submit={importLegacy}
          onClose={close}
        />
      )}
      {question && (
        <Confirm
          title={`${question.label}: ${shortOf(asked.id)}`}
          text={question.text}
          action={question.label}
          submit={submit}
          onClose={close}
        />
      )}
    </Section>
  );
}

function NewSigningKey({ projectRef, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  async function submit({ algorithm }) {
    const { id } = await api.signingKeys.create(projectRef, { algorithm });
    await reload();
    announce(`Created the signing key ${shortOf(id)}, which stands by`);
  }
  return (
    <Dialog title="New signing key" action="Create signing key" submit={submit} onClose={onClose}>
      <p>It stands by until it is put in use.</p>
      <Field as="select" label="Algorithm" name="algorithm">
        <option value="ES256">ES256: elliptic curve, small and fast</option>
        <option value="RS256">RS256: RSA, known everywhere</option>
        <option value="HS256">HS256: a shared secret</option>
      </Field>
    </Dialog>
  );
}
