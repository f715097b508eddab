// The branches of a project: each is a project of its own, whose changes go back and forth.
import { useEffect, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { useApi, usePage } from "../context.js";
import { useCall } from "../hooks.js";
import { Badge, isMoving } from "../parts/badge.jsx";
import { Confirm } from "../parts/dialog.jsx";
import { Progress, useProgress } from "../parts/progress.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { Table } from "../parts/table.jsx";
import { hrefs } from "../views.js";
import { questions, stepsOf } from "./branches/actions.js";
import { BranchDialog } from "./branches/branch-dialog.jsx";
import { Diff } from "./branches/diff.jsx";

/** Milliseconds between two looks while a branch moves. */
const pollMs = 2_000;

const Name = ({ branch: { name, project_ref, is_default, persistent, git_branch } }) => (
  <>
    <Link href={hrefs.project(project_ref)}>{name}</Link>
    {is_default && <small> default</small>}
    {!is_default && persistent && <small> persistent</small>}
    {git_branch && <small> from Git: {git_branch}</small>}
  </>
);

const State = ({ branch: { status, preview_project_status, deletion_scheduled_at } }) => (
  <span class="states">
    <Badge status={status} />
    {preview_project_status && <Badge status={preview_project_status} />}
    {deletion_scheduled_at && <Badge status="deletion scheduled" kind="bad" />}
  </span>
);

export default function Branches({ project }) {
  const { ref } = project;
  const api = useApi();
  const call = useCall(() => api.branches.list(ref), [api, ref]);
  const work = useProgress();
  const [asked, ask] = useState();
  const close = () => ask(undefined);
  const moving = call.data?.some((branch) => isMoving(branch) || isMoving({ status: branch.preview_project_status }));
  useEffect(() => {
    if (!moving) return undefined;
    const timer = setInterval(call.reload, pollMs);
    return () => clearInterval(timer);
  }, [moving, call.reload]);

  const columns = [
    { title: "Name", head: true, cell: (branch) => <Name branch={branch} /> },
    { title: "Status", cell: (branch) => <State branch={branch} /> },
    {
      title: "Actions",
      actions: true,
      cell: (branch) =>
        stepsOf(branch).map(([step, label]) => (
          <button
            key={step}
            type="button"
            aria-label={`${label}: ${branch.name}`}
            onClick={() => ask({ step, branch })}
          >
            {label}
          </button>
        )),
    },
  ];
  const named = asked?.step;
  return (
    <Section
      class="branches"
      title="Branches"
      text="A branch has a database and functions of its own, made of the migrations of this project."
      actions={
        <p class="buttons">
          <button type="button" disabled={!call.data?.length} onClick={() => ask({ step: "disable" })}>
            Disable branching
          </button>
          <button type="button" onClick={() => ask({ step: "create" })}>
            New branch
          </button>
        </p>
      }
    >
      <Progress work={work} />
      <Loaded call={call}>
        {(branches) => (
          <Table
            label="Branches"
            columns={columns}
            items={branches}
            keyOf={({ id }) => id}
            empty="No branches yet. The first one makes this project the default branch."
          />
        )}
      </Loaded>
      {(named === "create" || named === "edit") && (
        <BranchDialog project={project} edited={asked.branch} work={work} reload={call.reload} onClose={close} />
      )}
      {named === "diff" && <Diff branch={asked.branch} onClose={close} />}
      {named === "disable" && <Disable project={project} reload={call.reload} onClose={close} />}
      {named in questions && (
        <Question
          step={named}
          branch={asked.branch}
          projectRef={ref}
          work={work}
          reload={call.reload}
          onClose={close}
        />
      )}
    </Section>
  );
}

/** Asks, calls, and follows the run of it where there is one. */
function Question({ step, branch, projectRef, work, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const { title, text, action, call, going, done } = questions[step];
  async function submit() {
    const answer = await call(api, branch);
    await reload();
    if (answer?.workflow_run_id === undefined) return announce(done(branch.name));
    return void work.follow({
      title: going(branch.name),
      wait: (options) => api.actionRuns.waitUntilFinished(projectRef, answer.workflow_run_id, options),
      done: done(branch.name),
      after: reload,
    });
  }
  return <Confirm title={title(branch.name)} text={text} action={action} submit={submit} onClose={onClose} />;
}

function Disable({ project: { ref, name }, reload, onClose }) {
  const api = useApi();
  const page = usePage();
  async function submit() {
    await api.branches.disable(ref);
    await Promise.all([reload(), page.reload()]);
    page.announce(`${name} has no branches any more`);
  }
  return (
    <Confirm
      title={`Disable branching of ${name}?`}
      text="All of its branches are deleted, with their databases. This cannot be undone."
      action="Delete all branches"
      submit={submit}
      onClose={onClose}
    />
  );
}
