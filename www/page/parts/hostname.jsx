// The custom hostname of a project: how far it is, and what to do next.
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { useApi, usePage } from "../context.js";
import { useAction, useCall } from "../hooks.js";
import { Badge } from "./badge.jsx";
import { Confirm } from "./dialog.jsx";
import { Fault } from "./fault.jsx";
import { OperationDialog } from "./form/operation-dialog.jsx";
import { Loaded, Section } from "./section.jsx";
import { Table } from "./table.jsx";

/** The steps of the API, and what is to be done at each. */
const steps = [
  ["1_not_started", "Set a CNAME record that leads from your hostname to the project, then begin."],
  ["2_initiated", "Set the DNS records below, then check them."],
  ["3_challenge_verified", "The DNS records are right. Check again until the certificate is there."],
  ["4_origin_setup_completed", "The certificate is there. Activate the hostname when your apps may use it."],
  ["5_services_reconfigured", "The project answers under the hostname."],
];

const next = {
  "2_initiated": ["Check the DNS records", "reverify"],
  "3_challenge_verified": ["Check again", "reverify"],
  "4_origin_setup_completed": ["Activate the hostname", "activate"],
};

/** A project without the add-on, and one without a hostname, have no state: the API answers an error. */
async function stateOf(api, projectRef) {
  try {
    return { config: await api.customHostname.get(projectRef) };
  } catch (error) {
    if (error.status !== 400 && error.status !== 404) throw error;
    return { refused: error };
  }
}

export function Hostname({ projectRef }) {
  const api = useApi();
  const { announce } = usePage();
  const call = useCall(() => stateOf(api, projectRef), [api, projectRef]);
  const [asking, setAsking] = useState();
  const close = () => setAsking(undefined);
  const step = useAction(async (method) => {
    const { status } = await api.customHostname[method](projectRef);
    await call.reload();
    announce(`The custom hostname is at ${status}`);
  });
  async function remove() {
    await api.customHostname.delete(projectRef);
    await call.reload();
    announce("The custom hostname is gone");
  }
  return (
    <Section title="Custom hostname" text="A hostname of your own in the place of the one of Supabase.">
      <Loaded call={call}>
        {({ config, refused }) => (
          <>
            {refused && <NotYet error={refused} projectRef={projectRef} />}
            {config && <State config={config} />}
            <Fault error={step.error} />
            <p class="actions">
              {config && next[config.status] && (
                <button
                  type="button"
                  class="primary"
                  disabled={step.busy}
                  onClick={() => step.run(next[config.status][1])}
                >
                  {next[config.status][0]}
                </button>
              )}
              <button type="button" onClick={() => setAsking("begin")}>
                {config ? "Begin with another hostname …" : "Begin …"}
              </button>
              {config && (
                <button type="button" onClick={() => setAsking("delete")}>
                  Delete …
                </button>
              )}
            </p>
          </>
        )}
      </Loaded>
      {asking === "begin" && (
        <OperationDialog
          id="customHostname.initialize"
          path={{ ref: projectRef }}
          title="Begin with a custom hostname"
          action="Begin"
          done={call.reload}
          said="The custom hostname is begun"
          onClose={close}
        />
      )}
      {asking === "delete" && (
        <Confirm
          title="Delete the custom hostname?"
          text="What calls the project under it fails. The add-on stays, and is billed until you remove it."
          action="Delete hostname"
          submit={remove}
          onClose={close}
        />
      )}
    </Section>
  );
}

const NotYet = ({ error, projectRef }) => (
  <div class="state">
    <p>The API says: {error.body?.message ?? error.message}</p>
    <p>
      The add-on “Custom Domain” comes first: <Link href="/explorer/billing.applyAddon">apply it in the explorer</Link>{" "}
      to <code>{projectRef}</code>, with the type <code>custom_domain</code>. It costs money.
    </p>
  </div>
);

function State({ config: { status, custom_hostname: name, data } }) {
  const at = steps.findIndex(([one]) => one === status);
  const records = recordsOf(data?.result);
  return (
    <>
      <p class="state">
        <Badge status={status} kind={at === 4 ? "good" : "moving"} /> <code>{name}</code>
      </p>
      <ol class="steps">
        {steps.map(([one, words], place) => (
          <li key={one} aria-current={place === at ? "step" : undefined}>
            <code>{one}</code> {words}
            {place < at && <span class="unseen"> (done)</span>}
          </li>
        ))}
      </ol>
      {at < 4 && records.length > 0 && (
        <Table
          label="DNS records"
          columns={columns}
          items={records}
          keyOf={({ name: of, value }) => `${of} ${value}`}
        />
      )}
    </>
  );
}

const columns = [
  { title: "Name", head: true, cell: ({ name }) => <code>{name}</code> },
  { title: "Type", cell: ({ type }) => type },
  { title: "Value", cell: ({ value }) => <code>{value}</code> },
];

/** The DNS records that prove that the hostname is one's own, and that get the certificate. */
function recordsOf(result) {
  const owner = result?.ownership_verification;
  const certificate = (result?.ssl?.validation_records ?? []).map(({ txt_name: name, txt_value: value }) => ({
    name,
    value,
    type: "TXT",
  }));
  const all = [
    owner && { name: owner.name, type: (owner.type ?? "txt").toUpperCase(), value: owner.value },
    ...certificate,
  ];
  return all.filter((record) => record?.name && record.value);
}
