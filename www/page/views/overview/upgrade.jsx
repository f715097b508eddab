// The upgrade of Postgres: whether there is one, what stands in its way, and the upgrade itself.
import { useState } from "preact/hooks";
import { useApi } from "../../context.js";
import { useCall } from "../../hooks.js";
import { Confirm } from "../../parts/dialog.jsx";
import { Loaded, Section } from "../../parts/section.jsx";
import { obstaclesOf, versionOf } from "../../upgrades.js";

export function Upgrade({ project: { ref, name, status }, work }) {
  const api = useApi();
  const call = useCall(() => api.projects.getUpgradeEligibility(ref), [api, ref, status]);
  const [target, setTarget] = useState();
  return (
    <Section class="upgrade" title="Upgrade of Postgres">
      <Loaded call={call}>
        {(found) => <Eligibility found={found} isUp={status === "ACTIVE_HEALTHY" && !work.busy} choose={setTarget} />}
      </Loaded>
      {target && (
        <Start
          project={{ ref, name }}
          target={target}
          hours={call.data?.duration_estimate_hours}
          work={work}
          onClose={() => setTarget(undefined)}
        />
      )}
    </Section>
  );
}

function Eligibility({ found, isUp, choose }) {
  const obstacles = obstaclesOf(found);
  const { current_app_version: current, target_upgrade_versions: targets } = found;
  return (
    <>
      <p class="note">
        It runs {versionOf(current)}.{" "}
        {targets.length === 0 ? "This is the newest version." : `There is ${versionOf(targets[0].app_version)}.`}
      </p>
      {obstacles.length > 0 && (
        <ul class="obstacles">
          {obstacles.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {targets.length > 0 && (
        <p class="actions">
          {targets.map((target) => (
            <button
              key={`${target.app_version} ${target.release_channel}`}
              type="button"
              disabled={!found.eligible || !isUp}
              onClick={() => choose(target)}
            >
              Upgrade to {versionOf(target.app_version)}
              {target.release_channel !== "ga" && ` (${target.release_channel})`}
            </button>
          ))}
        </p>
      )}
    </>
  );
}

function Start({ project: { ref, name }, target, hours, work, onClose }) {
  const api = useApi();
  const version = versionOf(target.app_version);
  async function submit() {
    const { postgres_version, release_channel } = target;
    const { tracking_id } = await api.projects.upgrade(ref, { target_version: postgres_version, release_channel });
    work.follow({
      title: `${name} is upgraded to ${version}`,
      wait: (options) => api.projects.waitUntilUpgraded(ref, tracking_id, options),
      done: `${name} runs ${version}`,
    });
  }
  return (
    <Confirm
      title={`Upgrade ${name} to ${version}?`}
      text={`The project cannot be reached meanwhile: about ${hours} ${hours === 1 ? "hour" : "hours"}. There is no way back.`}
      action="Start the upgrade"
      submit={submit}
      onClose={onClose}
    />
  );
}
