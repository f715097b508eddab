// The dialogs of the backups: a moment to go back to, a new restore point, the time of the daily backup.
import { useApi, usePage } from "../../context.js";
import { Dialog } from "../../parts/dialog.jsx";
import { Field } from "../../parts/field.jsx";
import { useLiveForm } from "../../parts/live-form.jsx";
import { fieldTime, unixOf } from "../../timeline.js";

/** @param range the window of the point-in-time recovery */
export function RestoreTime({ project: { ref, name }, range, work, onClose }) {
  const api = useApi();
  async function submit({ time }) {
    await api.backups.restorePitr(ref, { recovery_time_target_unix: unixOf(time) });
    work.follow({
      title: `${name} goes back to ${time.replace("T", " ")} UTC`,
      wait: (options) => api.backups.waitUntilRestored(ref, options),
      done: `${name} is as it was`,
    });
  }
  return (
    <Dialog title={`Bring ${name} back to a time`} action="Restore" danger submit={submit} onClose={onClose}>
      <p>What was written to the database since then is lost, and the project cannot be reached meanwhile.</p>
      <Field
        label="Time in UTC"
        name="time"
        type="datetime-local"
        step={1}
        required
        min={fieldTime(range.from)}
        max={fieldTime(range.to)}
        defaultValue={fieldTime(range.to)}
        hint={`From ${fieldTime(range.from).replace("T", " ")} to ${fieldTime(range.to).replace("T", " ")}.`}
      />
    </Dialog>
  );
}

/** @param made is called with the name of the restore point */
export function NewPoint({ project: { ref }, work, made, reload, onClose }) {
  const api = useApi();
  const { bind } = useLiveForm({
    id: "backups.createRestorePoint",
    argsOf: ({ name }) => [ref, { name }],
    samples: { name: "acme" },
  });
  async function submit({ name }) {
    await api.backups.createRestorePoint(ref, { name });
    made(name);
    work.follow({
      title: `The restore point ${name} is being made`,
      wait: (options) => api.backups.waitUntilRestorePointAvailable(ref, name, options),
      done: `The restore point ${name} is available`,
      after: reload,
    });
  }
  return (
    <Dialog title="New restore point" action="Create restore point" submit={submit} onClose={onClose}>
      <p>A moment that the database can be brought back to, such as the one before a migration.</p>
      <Field label="Name" required {...bind("name")} />
    </Dialog>
  );
}

export function Schedule({ project: { ref }, schedule, reload, onClose }) {
  const api = useApi();
  const { announce } = usePage();
  const { bind } = useLiveForm({
    id: "backups.updateSchedule",
    argsOf: ({ schedule_for }) => [ref, { schedule_for }],
    samples: { schedule_for: "00:00:00" },
    initial: { schedule_for: schedule.schedule_for },
  });
  async function submit({ schedule_for }) {
    await api.backups.updateSchedule(ref, { schedule_for });
    await reload();
    announce(`Backups are made every day at ${schedule_for} UTC`);
  }
  return (
    <Dialog title="Schedule of the backups" action="Save schedule" submit={submit} onClose={onClose}>
      <Field
        label="Time of day in UTC"
        required
        hint="Hours, minutes and seconds: 03:30:00"
        {...bind("schedule_for")}
      />
    </Dialog>
  );
}
