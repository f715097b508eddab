// Who can reach the database: SSL, networks, and addresses that are banned.
import { useState } from "preact/hooks";
import { operations } from "../catalog.js";
import { useApi, usePage } from "../context.js";
import { configurations } from "../form/settings.js";
import { useCall } from "../hooks.js";
import { Confirm } from "../parts/dialog.jsx";
import { Configuration } from "../parts/form/configuration.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";

const all = configurations(operations);
const shown = [
  ["sslEnforcement.update", "SSL"],
  ["networkRestrictions.apply", "Networks that can connect"],
].map(([id, title]) => [all.find((one) => one.id === id), title]);

export default function Network({ project: { ref } }) {
  return (
    <>
      {shown.map(([configuration, title]) => (
        <Configuration key={configuration.id} projectRef={ref} configuration={configuration} title={title} />
      ))}
      <Bans projectRef={ref} />
    </>
  );
}

function Bans({ projectRef }) {
  const api = useApi();
  const { announce } = usePage();
  const call = useCall(() => api.networkBans.listEnriched(projectRef), [api, projectRef]);
  const [lifted, setLifted] = useState();
  async function lift() {
    const { banned_address: address, identifier } = lifted;
    await api.networkBans.delete(projectRef, { ipv4_addresses: [address], identifier });
    await call.reload();
    announce(`${address} can connect again`);
  }
  const columns = [
    { title: "Address", head: true, cell: ({ banned_address }) => <code>{banned_address}</code> },
    { title: "Banned by", cell: ({ type, identifier }) => [type, " ", <code key="identifier">{identifier}</code>] },
    {
      title: "Actions",
      actions: true,
      cell: (ban) => (
        <button type="button" aria-label={`Lift the ban of ${ban.banned_address}`} onClick={() => setLifted(ban)}>
          Lift
        </button>
      ),
    },
  ];
  return (
    <Section title="Banned addresses" text="An address is banned for a while after too many failed logins.">
      <Loaded call={call}>
        {({ banned_ipv4_addresses: bans }) => (
          <Table
            label="Banned addresses"
            columns={columns}
            items={bans}
            keyOf={({ banned_address, identifier }) => `${banned_address} ${identifier}`}
            empty="No address is banned."
          />
        )}
      </Loaded>
      {lifted && (
        <Confirm
          title={`Lift the ban of ${lifted.banned_address}?`}
          text="It can connect to the database again at once."
          action="Lift the ban"
          submit={lift}
          onClose={() => setLifted(undefined)}
        />
      )}
    </Section>
  );
}
