// The backups of a project and its restore points, on a line of time, and the ways back to each of them.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../context.js";
import { useCall } from "../hooks.js";
import { Badge } from "../parts/badge.jsx";
import { Confirm } from "../parts/dialog.jsx";
import { Progress, useProgress } from "../parts/progress.jsx";
import { Loaded, Section } from "../parts/section.jsx";
import { placesOf, windowOf } from "../timeline.js";
import { NewPoint, RestoreTime, Schedule } from "./backups/dialogs.jsx";

const moment = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

const gone = (error) => {
  if (error.status === 404) return undefined;
  throw error;
};

export default function Backups({ project }) {
  const { ref } = project;
  const api = useApi();
  const work = useProgress();
  const [names, setNames] = useState([]);
  const [asked, ask] = useState();
  const close = () => ask(undefined);
  // The API tells of one restore point at a time: the last one, and each that was made here by its name.
  const call = useCall(async () => {
    const [list, last, schedule, ...made] = await Promise.all([
      api.backups.list(ref),
      api.backups.getRestorePoint(ref).catch(gone),
      api.backups.getSchedule(ref).catch(gone),
      ...names.map((name) => api.backups.getRestorePoint(ref, { name }).catch(gone)),
    ]);
    const points = [last, ...made].filter((point) => point !== undefined);
    return {
      list,
      schedule,
      points: points.filter(({ name }, at) => points.findIndex((one) => one.name === name) === at),
    };
  }, [api, ref, names]);
  const range = call.data && windowOf(call.data.list);

  return (
    <Section
      class="backups"
      title="Backups"
      text={call.data && facts(call.data)}
      actions={
        <p class="buttons">
          <button type="button" onClick={() => ask({ dialog: "schedule" })} disabled={!call.data?.schedule}>
            Schedule
          </button>
          <button type="button" onClick={() => ask({ dialog: "time" })} disabled={!range}>
            Restore to a time
          </button>
          <button type="button" onClick={() => ask({ dialog: "point" })}>
            New restore point
          </button>
        </p>
      }
    >
      <Progress work={work} />
      <Loaded call={call}>
        {({ list, points }) => (
          <TimeLine places={placesOf(list, points, Date.now())} choose={(place) => ask({ dialog: "restore", place })} />
        )}
      </Loaded>
      {asked?.dialog === "restore" && <Restore project={project} place={asked.place} work={work} onClose={close} />}
      {asked?.dialog === "time" && <RestoreTime project={project} range={range} work={work} onClose={close} />}
      {asked?.dialog === "schedule" && (
        <Schedule project={project} schedule={call.data.schedule} reload={call.reload} onClose={close} />
      )}
      {asked?.dialog === "point" && (
        <NewPoint
          project={project}
          work={work}
          made={(name) => setNames((before) => [...before, name])}
          reload={call.reload}
          onClose={close}
        />
      )}
    </Section>
  );
}

function facts({ list, schedule }) {
  const range = windowOf(list);
  const daily = schedule ? `Backups are made every day at ${schedule.schedule_for} UTC.` : "";
  const pitr = range
    ? `Every second from ${moment.format(range.from * 1000)} to ${moment.format(range.to * 1000)} UTC can be restored.`
    : "Point-in-time recovery is off: it is an add-on.";
  return `${daily} ${pitr}`;
}

const titles = {
  backup: ({ physical }) => (physical ? "Physical backup" : "Daily backup"),
  point: ({ name }) => `Restore point ${name}`,
  earliest: () => "Here the point-in-time recovery begins",
  latest: () => "The latest moment that can be restored",
};

/** A list in order of time, with a line drawn beside it. */
function TimeLine({ places, choose }) {
  if (places.length === 0) return <p class="empty">There is nothing to go back to yet.</p>;
  return (
    <ol class="time-line" aria-label="Backups and restore points, the latest first">
      {places.map((place) => {
        const title = titles[place.kind](place);
        const time = new Date(place.at).toISOString();
        const can = place.status === "COMPLETED" || place.status === "AVAILABLE";
        return (
          <li key={place.key} data-kind={place.kind}>
            <time datetime={time}>{moment.format(place.at)} UTC</time>
            <span class="what">{title}</span>
            <Badge status={place.status} />
            {can && (
              <button
                type="button"
                aria-label={`Restore: ${title}, ${moment.format(place.at)}`}
                onClick={() => choose(place)}
              >
                {place.kind === "point" ? "Go back to it" : "Restore"}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Restore({ project: { ref, name }, place, work, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const when = `${moment.format(place.at)} UTC`;
  async function submit() {
    if (place.kind === "point") await api.backups.undo(ref, { name: place.name });
    else await api.backups.restore(ref, { id: place.id });
    announce(`The restore of ${name} has begun`);
    work.follow({
      title: `${name} goes back to ${when}`,
      wait: (options) => api.backups.waitUntilRestored(ref, options),
      done: `${name} is as it was on ${when}`,
    });
  }
  return (
    <Confirm
      title={`Bring ${name} back to ${when}?`}
      text="What was written to the database since then is lost, and the project cannot be reached meanwhile."
      action="Restore"
      submit={submit}
      onClose={onClose}
    />
  );
}
