// The dialog that creates a project.
import { useEffect, useRef, useState } from "preact/hooks";
import { useApi, usePage } from "../../context.js";
import { useCall } from "../../hooks.js";
import { Badge } from "../../parts/badge.jsx";
import { Dialog } from "../../parts/dialog.jsx";
import { Fault } from "../../parts/fault.jsx";
import { Check, Field } from "../../parts/field.jsx";
import { useLiveForm } from "../../parts/live-form.jsx";
import { newPassword, strengthOf } from "../../password.js";
import { fallback, regionsOf, selectionOf } from "../../regions.js";

const sizes = "nano micro small medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge".split(" ");

/** The body of `projects.create` for the values of the form. */
export const projectBody = ({ name, organization_slug, region, db_pass, desired_instance_size }) => ({
  name,
  organization_slug,
  db_pass,
  region_selection: selectionOf(region),
  ...(desired_instance_size && { desired_instance_size }),
});

const samples = {
  name: "acme",
  organization_slug: "acme",
  db_pass: "a password",
  region: "smartGroup emea",
  desired_instance_size: "",
};

/**
 * @param organizations to choose from
 * @param created is called with the project that was created, and has yet to come up
 */
export function NewProject({ organizations, created, onClose }) {
  const api = useApi();
  const { reload } = usePage();
  const { values, set, bind } = useLiveForm({
    id: "projects.create",
    argsOf: (all) => [projectBody(all)],
    samples,
    initial: { organization_slug: organizations[0].slug, region: "smartGroup emea" },
  });
  const proposed = useRef(values.region);
  const regions = useRegions(values.organization_slug, ({ recommended, groups }) => {
    const offered = groups.some(({ options }) => options.some(({ value }) => value === values.region));
    // What somebody has chosen stays, unless this organization cannot have it.
    if (values.region !== proposed.current && offered) return;
    proposed.current = recommended;
    set("region", recommended);
  });

  async function submit(all) {
    const project = await api.projects.create(projectBody(all));
    await reload();
    created(project);
  }
  return (
    <Dialog title="New project" action="Create project" submit={submit} onClose={onClose}>
      <p class="real">This is your own account: the project will be real, and may cost money.</p>
      <Field label="Name" required {...bind("name")} />
      <Field as="select" label="Organization" {...bind("organization_slug")}>
        {organizations.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </Field>
      <Field as="select" label="Region" {...bind("region")}>
        {regions.groups.map(({ label, options }) => (
          <optgroup key={label} label={label}>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </optgroup>
        ))}
      </Field>
      <Fault error={regions.error} />
      <DatabasePassword bind={bind} set={set} password={values.db_pass ?? ""} />
      <Field
        as="select"
        label="Size of the instance"
        hint="Sizes above the smallest one need a plan that has them."
        {...bind("desired_instance_size")}
      >
        <option value="">As the plan has it</option>
        {sizes.map((size) => (
          <option key={size}>{size}</option>
        ))}
      </Field>
    </Dialog>
  );
}

/** The regions that an organization can choose from. */
function useRegions(slug, recommend) {
  const api = useApi();
  const { data, error } = useCall(() => api.projects.getAvailableRegions({ organization_slug: slug }), [api, slug]);
  const known = data && regionsOf(data);
  useEffect(() => {
    if (known) recommend(known);
  }, [data]);
  return { groups: known?.groups ?? fallback, error };
}

function DatabasePassword({ bind, set, password }) {
  const [shown, show] = useState(false);
  const { kind, words } = strengthOf(password);
  function generate() {
    set("db_pass", newPassword());
    show(true);
  }
  return (
    <div class="password">
      <Field
        label="Database password"
        required
        type={shown ? "text" : "password"}
        hint="Keep it: it cannot be read back later."
        {...bind("db_pass")}
        autocomplete="new-password"
      />
      <p class="strength" aria-live="polite">
        {password && (
          <>
            Strength: <Badge status={words} kind={kind} />
          </>
        )}
      </p>
      <p class="buttons">
        <Check label="Show it" checked={shown} onChange={({ target }) => show(target.checked)} />
        <button type="button" onClick={generate}>
          Generate a password
        </button>
      </p>
    </div>
  );
}
