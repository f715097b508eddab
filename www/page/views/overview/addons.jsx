// What a project has besides its plan: the size of its instance, and add-ons.
import { useState } from "preact/hooks";
import { addonsOf, compute } from "../../addons.js";
import { useApi, usePage } from "../../context.js";
import { Badge } from "../../parts/badge.jsx";
import { Confirm } from "../../parts/dialog.jsx";
import { Loaded, Section } from "../../parts/section.jsx";
import { Table } from "../../parts/table.jsx";

export function Addons({ project, work, call }) {
  const [asked, ask] = useState();
  const columns = [
    { title: "Add-on", head: true, cell: ({ name }) => name },
    {
      title: "State",
      cell: ({ selected }) =>
        selected ? <Badge status={selected.name} kind="good" /> : <Badge status="off" kind="resting" />,
    },
    { title: "Price", cell: ({ selected }) => selected?.price.description ?? "" },
    {
      title: "Change",
      actions: true,
      cell: (addon) => <Choice addon={addon} choose={(variant) => ask({ addon, variant })} />,
    },
  ];
  return (
    <Section class="addons" title="Instance and add-ons">
      <Loaded call={call}>
        {(data) => <Table label="Add-ons" columns={columns} items={addonsOf(data)} keyOf={({ type }) => type} />}
      </Loaded>
      {asked && <Change {...asked} project={project} work={work} reload={call.reload} onClose={() => ask(undefined)} />}
    </Section>
  );
}

function Choice({ addon: { type, name, variants, selected }, choose }) {
  const [value, setValue] = useState("");
  const others = variants.filter(({ id }) => id !== selected?.id);
  return (
    <span class="choice">
      <select aria-label={`${name}: what it becomes`} value={value} onChange={({ target }) => setValue(target.value)}>
        <option value="">Choose …</option>
        {others.map((variant) => (
          <option key={variant.id} value={variant.id}>
            {variant.name} · {variant.price.description}
          </option>
        ))}
        {selected && type !== compute && <option value="off">Remove it</option>}
      </select>
      <button
        type="button"
        aria-label={`Change ${name}`}
        disabled={value === ""}
        onClick={() => choose(variants.find(({ id }) => id === value))}
      >
        Change
      </button>
    </span>
  );
}

function Change({ addon, variant, project: { ref, name }, work, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  async function submit() {
    if (variant === undefined) await api.billing.removeAddon(ref, addon.selected.id);
    else await api.billing.applyAddon(ref, { addon_type: addon.type, addon_variant: variant.id });
    await reload();
    if (addon.type !== compute)
      return announce(variant ? `${name} has ${addon.name}: ${variant.name}` : `${name} has no ${addon.name} any more`);
    // A resize is over once the project is healthy again.
    return void work.follow({
      title: `${name} becomes ${variant.name}`,
      wait: (options) => api.projects.waitUntilHealthy(ref, options),
      done: `${name} is ${variant.name}`,
      after: reload,
    });
  }
  const price = variant && `It costs ${variant.price.description}.`;
  const restarts = addon.type === compute ? " The project restarts, and cannot be reached for some minutes." : "";
  return (
    <Confirm
      title={variant ? `Change ${addon.name} to ${variant.name}?` : `Remove ${addon.name}?`}
      text={variant ? `${price}${restarts}` : `${name} loses what it gives.`}
      action={variant ? "Change it" : "Remove it"}
      submit={submit}
      onClose={onClose}
    />
  );
}
