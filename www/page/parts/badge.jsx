// Statuses, in the words of the API. The colour only repeats what they mean.

const moving = new Set([
  "COMING_UP",
  "CREATING_PROJECT",
  "GOING_DOWN",
  "MIGRATIONS_RUNNING",
  "PAUSING",
  "RESIZING",
  "RESTARTING",
  "RESTORING",
  "RUNNING_MIGRATIONS",
  "UPGRADING",
]);
const good = new Set([
  "ACTIVE",
  "ACTIVE_HEALTHY",
  "AVAILABLE",
  "COMPLETED",
  "FUNCTIONS_DEPLOYED",
  "HEALTHY",
  "MIGRATIONS_PASSED",
]);
const bad = /FAILED|UNHEALTHY|THROTTLED|ERROR/;

/** Whether something with this status will have another one by itself. */
export const isMoving = ({ status }) => moving.has(status);

function kindOf(status) {
  if (moving.has(status)) return "moving";
  if (bad.test(status)) return "bad";
  return good.has(status) ? "good" : "resting";
}

/** A status as a badge. `kind` where the status itself does not tell: `good`, `bad`, `warn`, `moving`, `resting`. */
export const Badge = ({ status, kind = kindOf(status) }) => (
  <span class="status" data-kind={kind}>
    {status}
  </span>
);
