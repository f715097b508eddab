// Takes messages from the queue and makes the workflows of their projects.
import { plainError } from "../outcome.js";
import { bindingOf, instanceOf, runOf } from "./bindings.js";

/** The longest that a message waits for its next delivery, in seconds. */
const longest = 300;

export async function consume(batch, env, { bindings }) {
  const workflow = bindingOf(env, bindings, "workflow");
  for (const message of batch.messages) {
    try {
      await begin(message.body, workflow, runOf(env, bindings, message.body.run));
      message.ack();
    } catch (error) {
      // Workflows are made at a limited rate, so this is no end: it comes again, later each time.
      console.warn(`fleet ${message.body.run}: a batch comes again, as it failed with: ${plainError(error).message}`);
      message.retry({ delaySeconds: Math.min(longest, 5 * 2 ** Math.min(message.attempts, 6)) });
    }
  }
}

async function begin({ run, refs, payload, again }, workflow, object) {
  const open = again ? await unsettled(refs, run, workflow, object) : refs;
  if (open.length === 0) return;
  await create(open, { run, payload }, workflow);
}

/** Makes the workflows that there are not yet. Those that exist stay as they are, so a message that comes twice does nothing then. */
async function create(refs, { run, payload }, workflow) {
  const all = refs.map((ref) => ({ id: instanceOf(run, ref), params: { run, ref, payload } }));
  try {
    await workflow.createBatch(all);
  } catch (error) {
    // An id that is taken is left out, or an error, depending on whom one asks.
    const states = await Promise.all(all.map(({ id }) => stateOf(workflow, id)));
    const missing = all.filter((_, at) => states[at].status === "missing");
    if (missing.length === all.length) throw error;
    if (missing.length > 0) await workflow.createBatch(missing);
  }
}

/** Of projects that were sent long ago, those whose workflow has not ended. What the others came to is reported in their place. */
async function unsettled(refs, run, workflow, object) {
  const states = await Promise.all(refs.map((ref) => stateOf(workflow, instanceOf(run, ref))));
  const open = [];
  for (const [at, ref] of refs.entries()) {
    const { status, output, error } = states[at];
    if (status === "complete") await object.finish(ref, output);
    else if (status === "errored" || status === "terminated") {
      await object.finish(ref, {
        status: "unknown",
        error: plainError(error ?? new Error(`the workflow was ${status}`)),
      });
    } else open.push(ref);
  }
  return open;
}

async function stateOf(workflow, id) {
  try {
    return await (await workflow.get(id)).status();
  } catch {
    return { status: "missing" };
  }
}
