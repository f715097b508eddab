// The waiters of a client, as far as they must be there before one is called: what they do is loaded with the first call,
// as most who use a client never wait. Rules and polls are in waiters.js.

const names = `projects Healthy Restored Paused Deleted Upgraded
branches Healthy
actionRuns Finished
backups Restored Completed RestorePointAvailable
customHostname Verified Active
networkRestrictions Applied
sslEnforcement Applied
jitAccess Applied`;

/** A promise that counts who waits for it: nobody need poll for a loop that has been left. */
class Wait extends Promise {
  users = 0;
  static get [Symbol.species]() {
    return Promise;
  }
  // biome-ignore lint/suspicious/noThenProperty: a promise has one
  then(...handlers) {
    this.users++;
    return super.then(...handlers);
  }
}

/**
 * A promise and its progress.
 * @param work gets the functions that settle the promise; resolves to `progress`, which iterates, and `leave`, which ends it
 */
function waiting(work) {
  let settle;
  const wait = new Wait((...functions) => {
    settle = functions;
  });
  const working = work(...settle);
  working.catch(settle[1]);
  wait[Symbol.asyncIterator] = async function* () {
    // The loop throws what the promise rejects with. This counts as waiting, until the loop ends.
    wait.catch(() => {});
    try {
      yield* (await working).progress();
    } finally {
      if (!--wait.users) (await working).leave();
    }
  };
  return wait;
}

export const waitUntil = (read, done, options) =>
  waiting(async (...settle) => (await import("./waiters.js")).startUntil(read, done, options, ...settle));

/** Gives the resources of a client their waiters. */
export function addWaiters(client) {
  for (const line of names.split("\n")) {
    const [group, ...states] = line.split(" ");
    for (const state of states) {
      const name = `waitUntil${state}`;
      const load = async (args, settle) => (await import("./waiters.js")).start(client, group, name, args, ...settle);
      Object.assign(client[group], { [name]: (...args) => waiting((...settle) => load(args, settle)) });
    }
  }
}
