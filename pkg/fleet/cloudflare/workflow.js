// The workflow of one project: the operation, and a report of what came of it.
import { isUnknown, plainError } from "../outcome.js";
import { runOf } from "./bindings.js";
import { durableSteps } from "./steps.js";

const reporting = { retries: { limit: 20, delay: "5 seconds", backoff: "exponential" }, timeout: "1 minute" };

export const projectWorkflow = (Base, definition) =>
  class extends Base {
    async run(event, step) {
      const { run, ref, payload } = event.payload;
      const outcome = await this.#perform({ run, ref, payload, step });
      await step.do("fleet: report", reporting, async () => {
        await runOf(this.env, definition.bindings, run).finish(ref, outcome);
        return true;
      });
      return outcome;
    }

    async #perform({ run, ref, payload, step }) {
      const { env } = this;
      try {
        const value = await definition.operation({ run, ref, payload, env, step: durableSteps(definition, env, step) });
        return { status: "done", ...(value !== undefined && { value }) };
      } catch (error) {
        return { status: isUnknown(error) ? "unknown" : "failed", error: plainError(error) };
      }
    }
  };
