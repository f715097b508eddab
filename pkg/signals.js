// The user's signals. One of them is often given to many calls, and engines warn of many listeners.

const ears = new WeakMap();

/**
 * Calls `tell` when the signal is aborted.
 * @returns what ends it
 */
export function onAbort(signal, tell) {
  let ear = ears.get(signal);
  if (!ear) {
    const all = new Set();
    const hear = () => {
      // Whom one of them takes away need not be told.
      for (const each of [...all]) if (all.has(each)) each();
    };
    ears.set(signal, (ear = { all, hear }));
  }
  const { all, hear } = ear;
  try {
    if (!all.size) signal.addEventListener("abort", hear);
    all.add(tell);
  } catch {
    // A signal that cannot be listened to is looked at whenever something else happens.
  }
  return () => {
    if (!all.delete(tell) || all.size) return;
    try {
      signal.removeEventListener("abort", hear);
    } catch {
      // As above.
    }
  };
}
