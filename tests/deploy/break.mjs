// Breaks a recipe at each of its requests, in each way in which a request goes wrong, and runs it again.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { DeployError } from "../../pkg/deploy.js";
import { isSupabaseManagementError, SupabaseManagement } from "../../pkg/index.js";
import { createSandbox } from "../../pkg/sandbox.js";
import { token } from "../support.js";

export const ref = "hqvkzumdtlrwaxbeogcy";

/** A sandbox with one project, and a client of it that nothing goes wrong for. */
export function world(project = {}) {
  const organizations = [{ slug: "acme", name: "Acme" }];
  const seed = { organizations, projects: [{ ref, name: "blog", organization_slug: "acme", ...project }] };
  const sandbox = createSandbox({ startupMs: 0, seed });
  const client = new SupabaseManagement({ accessToken: token, fetch: sandbox.fetch });
  return { sandbox, client, end: () => sandbox.close() };
}

/** As `secrets.list` tells it of a value. */
export const digest = (text) => createHash("sha256").update(text).digest("hex");

const faults = {
  "503 once": { status: 503 },
  "429 with Retry-After": { status: 429 },
  "a lost connection": { lost: true },
  "a lost answer": { lost: true, carriedOut: true },
};
/** What goes on at the same time. The client waits for most of the time. */
const atOnce = 12;

/** The sandboxes by the hosts that they answer for: recipes that make a client of their own know nothing but an address. */
const hosts = new Map();
const platform = globalThis.fetch;
globalThis.fetch = (input, init) => {
  const answer = hosts.get(new URL(input.url ?? input).host);
  return answer ? answer(input, init) : platform(input, init);
};

/** A client of a process of its own, and the environment for it. The request at that place, counted from 0, has the fault. */
function processOf(sandbox, fault, at) {
  const own = { requests: 0 };
  const host = `sandbox-${hosts.size}.example`;
  hosts.set(host, async (input, init) => {
    if (own.requests++ === at) sandbox.fail("*", fault);
    const answer = await sandbox.fetch(input, init);
    // Each answer names a window of a minute. After a 429 the client waits for the end of the one that it knows of: too long for a test.
    answer.headers.delete("x-ratelimit-reset");
    return answer;
  });
  own.env = { SUPABASE_ACCESS_TOKEN: token, SUPABASE_API_URL: `https://${host}` };
  own.client = new SupabaseManagement({ accessToken: token, baseUrl: own.env.SUPABASE_API_URL });
  return own;
}

/** Whether somebody who reads the error learns what failed and what there is to do. */
function tellsWhatIsLeft(error) {
  if (error instanceof DeployError) return /\d+ of \d+ changes were made/.test(error.message);
  return isSupabaseManagementError(error) || /run this again/.test(error.message);
}

/**
 * @param begin gives a sandbox, and what else the recipe and the judge need
 * @param run runs the recipe, with a client and an environment
 * @param judge fails where the end is not the right one
 * @param tells whether what the recipe throws tells what is left
 * @param whole fails where a state in between is one that must never be
 * @returns how many runs there were, and how many of them did not come to the end by themselves
 */
export async function breakEverywhere({
  begin,
  run,
  judge,
  tells = tellsWhatIsLeft,
  whole = () => {},
  parallel = atOnce,
}) {
  const first = await begin();
  const unharmed = processOf(first.sandbox);
  await run(unharmed, first);
  await judge(first);
  await first.end?.();
  const each = Array.from({ length: unharmed.requests }, (_, at) => at);
  const cases = each.flatMap((at) => Object.entries(faults).map(([name, fault]) => ({ at, name, fault })));
  const counts = { runs: cases.length, resumed: 0 };

  async function one({ at, name, fault }) {
    const world = await begin();
    try {
      const reason = await run(processOf(world.sandbox, fault, at), world).then(
        () => undefined,
        (error) => error,
      );
      await whole(world);
      if (reason) {
        counts.resumed++;
        assert.ok(tells(reason), reason.stack);
        // Another process: nothing is left of the first one but what it has changed.
        await run(processOf(world.sandbox), world);
      }
      await judge(world);
    } catch (error) {
      const calls = world.sandbox.calls.map(({ endpoint, status }) => `${endpoint} ${status}`);
      throw new Error(`${name} at request ${at}: ${error.message}\n${calls.slice(-60).join("\n")}`, { cause: error });
    } finally {
      await world.end?.();
    }
  }
  const work = async () => {
    for (let next = cases.shift(); next; next = cases.shift()) await one(next);
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return counts;
}

/** Passes on what came of a recipe, and asks that breaks were there at all. */
export function tell(t, { runs, resumed }) {
  assert.ok(runs >= 8 && resumed > 0, `${runs} runs, ${resumed} of them twice`);
  t.diagnostic(`${runs} runs, ${resumed} of them needed a second one`);
}
