// A folder is dropped or chosen, compared with the project, and deployed once somebody has seen what will change.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../context.js";
import { useAction } from "../hooks.js";
import { Fault } from "../parts/fault.jsx";
import { Check } from "../parts/field.jsx";
import { filesOfDrop, filesOfInput, projectFiles } from "./folder.js";
import { PlanTable } from "./plan-table.jsx";

export function FolderDeploy({ projectRef, reload }) {
  const api = useApi();
  const { announce, connection } = usePage();
  const [over, setOver] = useState(false);
  const [prune, setPrune] = useState(false);
  const [drawn, setDrawn] = useState();
  const [steps, setSteps] = useState([]);

  const comparing = useAction(async (reading) => {
    setDrawn(undefined);
    setSteps([]);
    const files = projectFiles(await reading);
    // The rules of a deployment are a wasm of their own, which only this needs.
    const { plan } = await import("../../../pkg/deploy.js");
    const desired = { files, only: ["functions"], ...(prune && { prune: ["functions"] }) };
    // A client is known by its free request, which the recorded one does not have; the plan makes none.
    const client = { ...api, request: (...args) => connection.client.request(...args) };
    const made = await plan(client, projectRef, desired);
    setDrawn(made);
    announce(made.empty ? "All functions are as in the folder" : `${made.changes.length} to change`);
  });

  const applying = useAction(async () => {
    // A call is told twice: when it begins, and when it is done.
    const onProgress = ({ title, state, index, total }) =>
      setSteps((before) => [...before.filter((step) => step.title !== title), { title, state, index, total }]);
    const { done } = await drawn.apply({ onProgress });
    setDrawn(undefined);
    await reload();
    announce(`Deployed: ${done.map(({ name }) => name).join(", ")}`);
  });

  function onDrop(event) {
    event.preventDefault();
    setOver(false);
    comparing.run(filesOfDrop(event.dataTransfer));
  }
  function onChoose(event) {
    const files = filesOfInput(event.target.files);
    // So that the same folder can be chosen again.
    event.target.value = "";
    if (files.size > 0) comparing.run(files);
  }

  return (
    <>
      <Check
        label="Delete the functions that are not in the folder"
        checked={prune}
        onChange={(event) => {
          setPrune(event.target.checked);
          // The plan that is shown would do something else now.
          setDrawn(undefined);
        }}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: whoever does not drag uses the button inside */}
      <div
        class={over ? "drop over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <p>Drop a folder here, or</p>
        <label class="button">
          Choose a folder …
          <input class="unseen" type="file" webkitdirectory multiple onChange={onChoose} />
        </label>
      </div>
      <div class="plan" aria-live="polite">
        {comparing.busy && <p class="loading">Comparing …</p>}
        <Fault error={comparing.error} />
        {drawn && <PlanTable drawn={drawn} apply={applying.run} busy={applying.busy} />}
        <Fault error={applying.error?.cause ?? applying.error} />
        {steps.length > 0 && <Steps steps={steps} />}
      </div>
    </>
  );
}

const Steps = ({ steps }) => (
  <ul class="steps" aria-label="Progress">
    {steps.map(({ title, state }) => (
      <li key={title} data-state={state}>
        {title} <small>{state}</small>
      </li>
    ))}
  </ul>
);
