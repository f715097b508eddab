// Work that the server goes on with after a call: what it is at, how long it takes, and how it ends.
import { useEffect, useRef, useState } from "preact/hooks";
import { usePage } from "../context.js";
import { Badge } from "./badge.jsx";
import { Fault } from "./fault.jsx";

/** Milliseconds between two looks at the sandbox, which is in the page. Elsewhere the client's own pace is right. */
const sandboxPollMs = 500;

/**
 * Waits for work of the server, one at a time.
 * @returns `state`, `follow`, which begins to wait, `stop`, which ends the waiting, and `dismiss`
 */
export function useProgress() {
  const { connection, announce, reload } = usePage();
  const [state, setState] = useState();
  const controller = useRef();
  useEffect(() => () => controller.current?.abort(), []);

  /**
   * @param title what is going on
   * @param wait starts the wait of the client with these options
   * @param done a sentence for when it is done
   * @param after is called when it has ended, however it has
   */
  async function follow({ title, wait, done, after }) {
    controller.current?.abort();
    const mine = new AbortController();
    controller.current = mine;
    const current = () => controller.current === mine;
    setState({ title, phase: "waiting", status: "", elapsedMs: 0 });
    // The account knows of the change at once, and shows each status that follows.
    reload();
    const pollMs = connection.kind === "sandbox" ? sandboxPollMs : undefined;
    try {
      for await (const { status, elapsedMs } of wait({ pollMs, signal: mine.signal }))
        if (current()) setState((before) => ({ ...before, status, elapsedMs }));
      if (!current()) return;
      setState((before) => ({ ...before, phase: "done", text: done }));
      announce(done);
    } catch (error) {
      if (!current()) return;
      const stopped = mine.signal.aborted;
      setState((before) => ({ ...before, phase: stopped ? "stopped" : "failed", error: stopped ? undefined : error }));
    }
    await reload();
    await after?.();
  }

  const stop = () => controller.current?.abort();
  return { state, follow, stop, dismiss: () => setState(undefined), busy: state?.phase === "waiting" };
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Shows the work that `useProgress` waits for. Nothing where there is none. */
export function Progress({ work: { state, stop, dismiss } }) {
  if (!state) return null;
  const { title, phase, status, elapsedMs, text, error } = state;
  const waiting = phase === "waiting";
  return (
    <section class="progress" aria-label={title} aria-busy={waiting}>
      <div>
        <p aria-live="polite">
          <strong>{title}</strong> {status && <Badge status={status} />}
          <span>{outcomes[phase]?.(text)}</span>
        </p>
        <p class="elapsed">{seconds(elapsedMs)}</p>
        {waiting ? (
          <button type="button" onClick={stop}>
            Stop waiting
          </button>
        ) : (
          <button type="button" onClick={dismiss}>
            Dismiss
          </button>
        )}
      </div>
      {waiting && <progress aria-label={title} />}
      <Fault error={error} />
    </section>
  );
}

const outcomes = {
  done: (text) => `${text}.`,
  stopped: () => "The page has stopped waiting. The server goes on with the work.",
};
