// How long the proxy works on a request: until its time is over, or until nobody waits for the answer any more.
import { Refusal } from "./refusal.js";

/**
 * @param incoming the signal of the request
 * @returns `signal` for what can be stopped, `guard` for a promise of what perhaps cannot, and `end`, after which the time
 * does not count any more, but the request's own signal does; `stop` ends all of it with a refusal
 */
export function timeOf(milliseconds, incoming) {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = (status, message) => controller.abort(new Refusal(status, message));
  const leave = () => stop(499, "the request was aborted");
  const timer = setTimeout(stop, milliseconds, 504, "the API did not answer in time");
  if (incoming?.aborted) leave();
  else incoming?.addEventListener("abort", leave, { once: true });
  const ended = new Promise((_, reject) => {
    const over = () => reject(signal.reason);
    if (signal.aborted) over();
    else signal.addEventListener("abort", over, { once: true });
  });
  // It may come when nobody listens any more.
  ended.catch(() => {});
  return { signal, stop, guard: (work) => Promise.race([ended, work]), end: () => clearTimeout(timer) };
}
