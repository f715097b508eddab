// What views need of every call: its answer, that it is under way, and what it failed with.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { useCounted } from "./first-load.js";

/**
 * Makes a call when the view appears and whenever one of `inputs` changes.
 * @param make gives the promise; what comes after the view has gone or its inputs have changed is ignored
 * @returns `data` of the last call that succeeded, `error` of the last one if it failed, `loading`, and `reload`, which makes
 * the call again and keeps the data until the new answer is there
 */
export function useCall(make, inputs) {
  const [state, setState] = useState({ loading: true });
  const round = useRef(0);
  const reload = useCallback(async () => {
    const mine = ++round.current;
    setState((before) => ({ ...before, loading: true }));
    try {
      const data = await make();
      if (round.current === mine) setState({ data, loading: false });
    } catch (error) {
      if (round.current === mine) setState((before) => ({ ...before, error, loading: false }));
    }
  }, inputs);
  useEffect(() => {
    setState({ loading: true });
    reload();
    return () => void round.current++;
  }, [reload]);
  useCounted(state.data !== undefined || state.error !== undefined || !state.loading);
  return { ...state, reload };
}

/**
 * An action that a button starts: one at a time.
 * @param act does it; what it throws is kept as `error` until the next time. Where it gives false, it was not done, and has
 * said why itself
 * @returns `run`, `busy`, `error`, and `clear`, which forgets the error
 */
export function useAction(act) {
  const [state, setState] = useState({ busy: false });
  const running = useRef(false);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => void (alive.current = false);
  }, []);
  const settle = (next) => alive.current && setState(next);

  async function run(...args) {
    if (running.current) return false;
    running.current = true;
    setState({ busy: true });
    try {
      const outcome = await act(...args);
      settle({ busy: false });
      return outcome !== false;
    } catch (error) {
      settle({ busy: false, error });
      return false;
    } finally {
      running.current = false;
    }
  }
  return { ...state, run, clear: () => setState({ busy: false }) };
}
