// The dialog that creates a branch, or changes one.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../../context.js";
import { Dialog } from "../../parts/dialog.jsx";
import { Check, Field } from "../../parts/field.jsx";
import { useLiveForm } from "../../parts/live-form.jsx";

const samples = { branch_name: "acme", git_branch: "" };

/** A field that is left empty is left out. */
const bodyOf = ({ branch_name, git_branch }, flags) => ({ branch_name, ...(git_branch && { git_branch }), ...flags });

/** @param edited the branch to change; undefined for a new one */
export function BranchDialog({ project, edited, work, reload, onClose }) {
  const api = useApi();
  const page = usePage();
  const creates = edited === undefined;
  const [flags, setFlags] = useState({ persistent: edited?.persistent ?? false, ...(creates && { with_data: false }) });
  const { bind } = useLiveForm({
    id: creates ? "branches.create" : "branches.update",
    argsOf: (values) => [creates ? project.ref : edited.project_ref, bodyOf(values, {})],
    samples,
    initial: creates ? {} : { branch_name: edited.name, git_branch: edited.git_branch ?? "" },
  });
  const flag = (name, label) => (
    <Check
      label={label}
      checked={flags[name]}
      onChange={({ target }) => setFlags((before) => ({ ...before, [name]: target.checked }))}
    />
  );

  async function submit(values) {
    const body = bodyOf(values, flags);
    if (!creates) {
      await api.branches.update(edited.project_ref, body);
      await reload();
      return page.announce(`Changed the branch ${values.branch_name}`);
    }
    const { project_ref } = await api.branches.create(project.ref, body);
    await Promise.all([reload(), page.reload()]);
    return void work.follow({
      title: `The branch ${values.branch_name} comes up`,
      wait: (options) => api.branches.waitUntilHealthy(project_ref, options),
      done: `The branch ${values.branch_name} is up`,
      after: reload,
    });
  }
  return (
    <Dialog
      title={creates ? "New branch" : `Edit the branch ${edited.name}`}
      action={creates ? "Create branch" : "Save branch"}
      submit={submit}
      onClose={onClose}
    >
      <p class="real">This is your own account: a branch is a project that costs money.</p>
      <Field label="Name" required autocapitalize="none" {...bind("branch_name")} />
      <Field
        label="Branch of Git"
        hint="Where the project is connected to a repository. Empty for none."
        autocapitalize="none"
        {...bind("git_branch")}
      />
      {flag("persistent", "Keep it when its pull request is closed")}
      {creates && flag("with_data", "Copy the data of the project")}
    </Dialog>
  );
}
