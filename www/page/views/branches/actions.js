// What can be done with a branch, and how it is asked for.

/** The actions that a branch allows, in the order of their buttons. */
export function stepsOf({ is_default, deletion_scheduled_at }) {
  if (deletion_scheduled_at) return [["restore", "Keep it"]];
  const own = [
    ["push", "Push"],
    ["merge", "Merge"],
    ["diff", "Diff"],
    ["reset", "Reset"],
    ["edit", "Edit"],
    ["schedule", "Delete later"],
    ["delete", "Delete"],
  ];
  // The default branch is the project itself: nothing can be brought to it from itself.
  return is_default ? [["edit", "Edit"]] : own;
}

/** Actions that are asked about and then called. Those that answer a run are followed until it is finished. */
export const questions = {
  push: {
    title: (name) => `Push to ${name}?`,
    text: "The branch gets the migrations and functions of the project that it lacks.",
    action: "Push",
    call: (api, { project_ref }) => api.branches.push(project_ref, {}),
    going: (name) => `The changes of the project go to ${name}`,
    done: (name) => `${name} has the changes of the project`,
  },
  merge: {
    title: (name) => `Merge ${name}?`,
    text: "The project gets the migrations and functions of the branch that it lacks: production changes at once.",
    action: "Merge",
    call: (api, { project_ref }) => api.branches.merge(project_ref, {}),
    going: (name) => `${name} is merged`,
    done: (name) => `${name} is merged into the project`,
  },
  reset: {
    title: (name) => `Reset ${name}?`,
    text: "The database of the branch is made anew of its migrations. Its data is lost.",
    action: "Reset",
    call: (api, { project_ref }) => api.branches.reset(project_ref, {}),
    going: (name) => `${name} is reset`,
    done: (name) => `${name} is as its migrations make it`,
  },
  schedule: {
    title: (name) => `Delete ${name} later?`,
    text: "It is deleted in an hour. Until then it can be kept.",
    action: "Schedule the deletion",
    call: (api, { project_ref }) => api.branches.delete(project_ref, { force: false }),
    done: (name) => `${name} will be deleted`,
  },
  delete: {
    title: (name) => `Delete ${name}?`,
    text: "Its database and its functions are gone with it. This cannot be undone.",
    action: "Delete branch",
    call: (api, { project_ref }) => api.branches.delete(project_ref),
    done: (name) => `Deleted the branch ${name}`,
  },
  restore: {
    title: (name) => `Keep ${name}?`,
    text: "Its deletion is called off.",
    action: "Keep branch",
    call: (api, { project_ref }) => api.branches.restore(project_ref),
    done: (name) => `${name} stays`,
  },
};
