// Times in one run, taken in turns: machines are noisy, and what slows one round down slows all of its tasks.

/**
 * Medians of what tasks measure of themselves, in milliseconds. Each round has another order: what a task leaves behind,
 * garbage for instance, must not always be the same other task's burden.
 */
export async function race(tasks, { rounds, warmUp }) {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const name of shuffled(Object.keys(tasks))) {
      const spent = await tasks[name]();
      if (round >= 0) times[name].push(spent);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}

/**
 * What several races gave, by task, as medians: `ms`, and in comparison with another task of the same race how many
 * `times` as long it took, and how much `longer`.
 */
export function compare(races, other) {
  const entries = Object.keys(races[0]).map((name) => {
    const middle = (look) => median(races.map((times) => look(times[name], times[other])));
    return [name, { ms: middle((own) => own), times: middle((a, b) => a / b), longer: middle((a, b) => a - b) }];
  });
  return Object.fromEntries(entries);
}

/** A task: a call, as the mean of several in a row. */
export const timed =
  (call, count = 1) =>
  async () => {
    const start = performance.now();
    for (let n = 0; n < count; n++) await call();
    return (performance.now() - start) / count;
  };

/** A task: `JSON.parse`, what everything about a large answer is compared with. */
export function parsing(json) {
  const bytes = new TextEncoder().encode(json);
  // As it was before anybody replaced it.
  const { decode } = TextDecoder.prototype;
  return () => {
    // A fresh text each time, since an engine may remember what it found out about one.
    const text = decode.call(new TextDecoder(), bytes);
    const start = performance.now();
    JSON.parse(text);
    return performance.now() - start;
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

function shuffled(names) {
  const keyed = names.map((name) => [Math.random(), name]);
  return keyed.sort(([a], [b]) => a - b).map(([, name]) => name);
}
