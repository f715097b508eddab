// Long waits without waiting: while something runs here, time passes only where everybody waits for it.

const { setImmediate } = globalThis;

/** Lets everything happen that waits for no timer. */
export async function settleDown() {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** What has not ended by then waits for ever. */
const ages = 100_000;

/**
 * Runs something on a clock of its own: `run` gets `pass(milliseconds)`, which lets time pass, and `finish(promise)`,
 * which lets it pass until the promise is settled.
 */
export async function onClock(run) {
  const { setTimeout, clearTimeout } = globalThis;
  const { now } = Date;
  const timers = new Map();
  let time = Date.UTC(2026, 9, 7, 12);
  let number = 0;
  globalThis.setTimeout = (ring, milliseconds = 0, ...given) => {
    timers.set(++number, { at: time + Math.max(0, milliseconds), ring: () => ring(...given) });
    return number;
  };
  globalThis.clearTimeout = (id) => timers.delete(id);
  Date.now = () => time;

  /** Fires the first timer, if it is not later than that. */
  const step = (until) => {
    let first;
    for (const [id, { at }] of timers) if (at <= until && !(timers.get(first)?.at <= at)) first = id;
    if (first === undefined) return false;
    const { at, ring } = timers.get(first);
    timers.delete(first);
    time = at;
    ring();
    return true;
  };
  const pass = async (milliseconds) => {
    const until = time + milliseconds;
    await settleDown();
    while (step(until)) await settleDown();
    time = until;
  };
  const finish = async (promise) => {
    let settled = false;
    const end = () => (settled = true);
    promise.then(end, end);
    await settleDown();
    for (let steps = 0; !settled; steps++) {
      if (steps > ages || !step(Number.POSITIVE_INFINITY)) throw new Error("it waits for nothing that will come");
      await settleDown();
    }
    return promise;
  };
  try {
    return await run({ pass, finish, timers });
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
  }
}
