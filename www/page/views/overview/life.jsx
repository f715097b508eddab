// What can be done with a project as a whole: pause, restore, restart, rename, delete.
import { useState } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { useApi, usePage } from "../../context.js";
import { Confirm, Dialog } from "../../parts/dialog.jsx";
import { Field } from "../../parts/field.jsx";
import { useLiveForm } from "../../parts/live-form.jsx";
import { hrefs } from "../../views.js";

/** Statuses in which a project can be brought back. */
const resting = new Set(["INACTIVE", "PAUSE_FAILED", "RESTORE_FAILED"]);

/** Which of the actions a project of this status allows. */
export const allowed = ({ status }) => ({
  pause: status === "ACTIVE_HEALTHY" || status === "ACTIVE_UNHEALTHY",
  restart: status === "ACTIVE_HEALTHY" || status === "ACTIVE_UNHEALTHY",
  restore: resting.has(status),
  cancelRestore: status === "RESTORING",
});

export function Life({ project, work }) {
  const [asking, ask] = useState();
  const may = allowed(project);
  const close = () => ask(undefined);
  const button = (name, text, enabled = true) => (
    <button key={name} type="button" disabled={!enabled} onClick={() => ask(name)}>
      {text}
    </button>
  );
  return (
    <>
      <p class="actions">
        {may.restore ? button("restore", "Restore") : button("pause", "Pause", may.pause)}
        {may.cancelRestore && button("cancelRestore", "Cancel the restore")}
        {button("restart", "Restart", may.restart)}
        {button("rename", "Rename")}
        {button("delete", "Delete")}
      </p>
      {asking in questions && <Question name={asking} project={project} work={work} onClose={close} />}
      {asking === "rename" && <Rename project={project} onClose={close} />}
      {asking === "delete" && <Delete project={project} onClose={close} />}
    </>
  );
}

/** Actions that are asked about, then called, then waited for. */
const questions = {
  pause: {
    action: "Pause project",
    title: (name) => `Pause ${name}?`,
    text: "Its database and its functions cannot be reached until it is restored.",
    going: (name) => `${name} is being paused`,
    done: (name) => `${name} is paused`,
    call: (api, ref) => api.projects.pause(ref),
    wait: (api, ref, options) => api.projects.waitUntilPaused(ref, options),
  },
  restore: {
    action: "Restore project",
    title: (name) => `Restore ${name}?`,
    text: "It comes up again with the data that it had when it was paused.",
    going: (name) => `${name} is being restored`,
    done: (name) => `${name} is up again`,
    call: (api, ref) => api.projects.restore(ref),
    wait: (api, ref, options) => api.projects.waitUntilRestored(ref, options),
  },
  cancelRestore: {
    action: "Cancel the restore",
    title: (name) => `Cancel the restore of ${name}?`,
    text: "The project goes back to being paused.",
    going: (name) => `The restore of ${name} is being cancelled`,
    done: (name) => `${name} is paused`,
    call: (api, ref) => api.projects.cancelRestore(ref),
    wait: (api, ref, options) => api.projects.waitUntilPaused(ref, options),
  },
  restart: {
    action: "Restart project",
    title: (name) => `Restart ${name}?`,
    text: "Connections to the database break off, and the project cannot be reached for some minutes.",
    going: (name) => `${name} restarts`,
    done: (name) => `${name} has restarted`,
    call: (api, ref) => api.projects.restart(ref),
    wait: (api, ref, options) => api.projects.waitUntilRestarted(ref, options),
  },
};

function Question({ name, project, work, onClose }) {
  const api = useApi();
  const { action, title, text, going, done, call, wait } = questions[name];
  async function submit() {
    await call(api, project.ref);
    work.follow({
      title: going(project.name),
      wait: (options) => wait(api, project.ref, options),
      done: done(project.name),
    });
  }
  return <Confirm title={title(project.name)} text={text} action={action} submit={submit} onClose={onClose} />;
}

function Rename({ project: { ref, name: before }, onClose }) {
  const api = useApi();
  const { reload, announce } = usePage();
  const { bind } = useLiveForm({
    id: "projects.update",
    argsOf: ({ name }) => [ref, { name }],
    samples: { name: "acme" },
    initial: { name: before },
  });
  async function submit({ name }) {
    await api.projects.update(ref, { name });
    await reload();
    announce(`Renamed ${before} to ${name}`);
  }
  return (
    <Dialog title={`Rename ${before}`} action="Rename project" submit={submit} onClose={onClose}>
      <Field label="Name" required {...bind("name")} />
    </Dialog>
  );
}

function Delete({ project: { ref, name }, onClose }) {
  const api = useApi();
  const { reload, announce } = usePage();
  const [, navigate] = useLocation();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState();
  const wanted = name || ref;
  async function submit() {
    if (typed !== wanted) {
      setWrong(`This is not the name. Type ${wanted}.`);
      // The dialog stays open, and says why at the field.
      return false;
    }
    await api.projects.delete(ref);
    announce(`Deleted the project ${wanted}`);
    navigate(hrefs.home);
    await reload();
    return true;
  }
  return (
    <Dialog title={`Delete ${wanted}?`} action="Delete project" danger submit={submit} onClose={onClose}>
      <p>Its database, its functions, its files and its backups are gone with it. This cannot be undone.</p>
      <Field
        label={`Type “${wanted}” to confirm`}
        required
        value={typed}
        error={wrong}
        onInput={({ target }) => {
          setTyped(target.value);
          setWrong(undefined);
        }}
      />
    </Dialog>
  );
}
