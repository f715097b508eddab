// Statuses of projects and functions: a badge says them in their own words, its colour only repeats what they mean.

const moving = ["COMING_UP", "GOING_DOWN", "PAUSING", "RESIZING", "RESTARTING", "RESTORING", "UPGRADING"];

const kinds = {
  ACTIVE: "good",
  ACTIVE_HEALTHY: "good",
  ACTIVE_UNHEALTHY: "bad",
  INIT_FAILED: "bad",
  PAUSE_FAILED: "bad",
  RESTORE_FAILED: "bad",
  THROTTLED: "bad",
};

/** Whether a project will have another status by itself. */
export const isMoving = ({ status }) => moving.includes(status);

export function badge({ ref, status }) {
  const element = document.createElement("span");
  element.className = "status";
  element.dataset.of = ref;
  set(element, status);
  return element;
}

function set(element, status) {
  element.textContent = status;
  element.dataset.kind = moving.includes(status) ? "moving" : (kinds[status] ?? "resting");
}

/** Brings all badges of a project up to date. */
export function updateBadges({ ref, status }) {
  for (const element of document.querySelectorAll(".status")) {
    if (element.dataset.of === ref && element.textContent !== status) set(element, status);
  }
}
