// How a worker begins a run and asks how far it is.
import { callable, kind, number, readOptions, text, whole, wrong } from "../checks.js";
import { runOf } from "./bindings.js";

/** How many refs are handed over at once. */
const chunk = 1_000;

/** What is both a part of an id of a workflow and short enough for a ref beside it. */
const runName = {
  expected: "1 to 60 letters, digits, - or _, the first of them no -",
  fits: (value) => typeof value === "string" && /^\w[\w-]{0,59}$/.test(value),
};

const rules = {
  run: runName,
  refs: { expected: "an array or an iterable of refs", fits: (value) => Object(value) === value },
  payload: { expected: "what JSON can hold", fits: (value) => !callable.fits(value) },
  maxInFlight: whole(1, 1_000_000),
  perSecond: whole(1, 1_000),
  resendAfterSeconds: number(1, 86_400),
  stopAfter: whole(1, Number.MAX_SAFE_INTEGER),
};

export async function startRun(env, options, { bindings }) {
  const { refs, ...given } = readOptions("fleet.start", options ?? null, rules);
  const facts = { maxInFlight: 5_000, perSecond: 100, resendAfterSeconds: 900, ...given };
  if (facts.run === undefined) throw wrong("fleet.start", "options.run", runName.expected, "nothing");
  if (refs === undefined) throw wrong("fleet.start", "options.refs", rules.refs.expected, "nothing");
  const object = runOf(env, bindings, facts.run);
  let some = [];
  let count = 0;
  for await (const item of refs) {
    const ref = typeof item === "string" ? item : item?.ref;
    if (!text.fits(ref) || !/^[\w-]{1,39}$/.test(ref))
      throw wrong("fleet.start", `options.refs[${count}]`, "a ref", kind(ref));
    count += 1;
    if (some.push(ref) < chunk) continue;
    await object.add(some, facts);
    some = [];
  }
  if (some.length > 0 || count === 0) await object.add(some, facts);
  return object.report();
}

export const stopRun = async (env, run, { bindings }) => runOf(env, bindings, checkedRun("fleet.stop", run)).stop();

export const reportOf = async (env, run, { bindings }) =>
  runOf(env, bindings, checkedRun("fleet.report", run)).report();

const pageRules = { status: text, after: text, limit: whole(1, 1_000) };

export async function projectsOf(env, run, options, { bindings }) {
  const page = readOptions("fleet.projects", options, pageRules);
  return runOf(env, bindings, checkedRun("fleet.projects", run)).projects(page);
}

function checkedRun(caller, run) {
  if (runName.fits(run)) return run;
  throw wrong(caller, "run", runName.expected, kind(run));
}
