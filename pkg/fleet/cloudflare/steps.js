// What an operation does, in steps that outlive the machine: each is done until it has ended once, and its value is kept.
import { SupabaseManagementError } from "../../errors.js";
import { callable, isObject, kind, readOptions, text, whole, wrong } from "../checks.js";
import { isUnknown, mayPass, plainError, refusedFor } from "../outcome.js";
import { bucketOf } from "./bindings.js";

/** How often a step waits for a rate limit. A server that never lets it pass must not keep the workflow for ever. */
const mostRounds = 200;

/** Below this share of the limit others use it as well, and the bucket has to know. */
const low = 0.1;

const rules = {
  permit: { expected: "object", fits: isObject },
  retries: whole(0, 100),
  retryDelaySeconds: whole(1, 86_400),
  timeoutSeconds: whole(1, 86_400),
};

const permitRules = {
  endpoint: text,
  subject: { expected: "string", fits: (value) => typeof value === "string" },
  calls: whole(1, 1_000),
  perMinute: whole(1, 1_000_000),
};

export function durableSteps(definition, env, step) {
  return async function durable(name, work, given) {
    if (!text.fits(name)) throw wrong("step", "name", text.expected, kind(name));
    if (typeof work !== "function") throw wrong("step", "work", callable.expected, kind(work));
    const options = { retries: 5, retryDelaySeconds: 10, timeoutSeconds: 300, ...readOptions("step", given, rules) };
    const permit = permitOf(options.permit);
    const config = {
      retries: { limit: options.retries, delay: options.retryDelaySeconds * 1000, backoff: "exponential" },
      timeout: options.timeoutSeconds * 1000,
    };
    const bucket = () => bucketOf(env, definition.bindings, permit);
    for (let round = 1; round <= mostRounds; round++) {
      // Names are what an engine knows steps by, so those of each round are its own.
      const label = round === 1 ? name : `${name} (${round})`;
      const reserve = () => bucket().reserve(permit.calls, permit.perMinute);
      const granted = permit && (await step.do(`${label}: permit`, reserve));
      // The length is that of the permit, which is kept: a workflow that begins anew comes to the same sleep.
      if (granted?.waitMs > 0) await step.sleep(`${label}: wait for the permit`, granted.waitMs);
      if (granted?.again) continue;
      const ended = await step.do(label, config, (context) =>
        attemptOf({ definition, env, work, permit, granted, bucket, retries: options.retries, round, context }),
      );
      if (ended.error) throw revived(ended.error);
      if (!ended.isVoid && ended.waitMs === undefined) return ended.value;
      if (ended.waitMs > 0) await step.sleep(`${label}: wait for the rate limit`, ended.waitMs);
    }
    throw new Error(`step ${name}: a rate limit has refused it ${mostRounds} times`);
  };
}

function permitOf(given) {
  if (given === undefined) return undefined;
  const permit = {
    subject: "",
    calls: 1,
    perMinute: 120,
    ...readOptions("step", given, permitRules, "options.permit"),
  };
  if (permit.endpoint === undefined) throw wrong("step", "options.permit.endpoint", text.expected, "nothing");
  return permit;
}

/**
 * One attempt. What it throws the engine tries again; all other ends are values, as an engine keeps no more of an error than
 * its words.
 */
async function attemptOf({ definition, env, work, permit, granted, bucket, retries, round, context }) {
  const attempt = context?.attempt ?? 1;
  // One that was held up, by a kill or by an attempt before, has lost its place in the window, and one that waited may be void.
  if (granted && !(await bucket().holds(granted, permit.perMinute))) return { isVoid: true };
  let told;
  const onResponse = ({ endpoint, rateLimit }) => {
    if (endpoint === permit?.endpoint && rateLimit) told = rateLimit;
  };
  const client = definition.client(env, { onResponse });
  try {
    return { value: await work({ client, attempt, resumed: attempt > 1 || round > 1 }) };
  } catch (error) {
    const waitMs = refusedFor(error);
    if (waitMs !== undefined) {
      if (permit) await bucket().close(waitMs, permit.perMinute);
      return { waitMs };
    }
    if (mayPass(error) && attempt <= retries) throw error;
    return { error: { ...plainError(error), outcomeUnknown: isUnknown(error) } };
  } finally {
    const news = told && (granted.learning || told.limit !== granted.limit || told.remaining <= granted.limit * low);
    if (news) await bucket().learn(told, permit.perMinute);
  }
}

/** An error that was kept, as one that is thrown. */
function revived({ outcomeUnknown, ...plain }) {
  const error = SupabaseManagementError.fromJSON(plain);
  return outcomeUnknown ? Object.assign(error, { outcomeUnknown }) : error;
}
