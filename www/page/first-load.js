// The first calls of a view. Its parts load on their own, and each would push those below it aside as it arrives; so a view
// is shown at once, when all of them have been answered.
import { createContext } from "preact";
import { useCallback, useContext, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const FirstLoad = createContext(undefined);

/** Who waits for the calls of what is drawn inside. */
export const FirstLoadProvider = FirstLoad.Provider;

/** A view is not kept back for longer than this, in milliseconds: what is there is of use while a slow call goes on. */
const patienceMs = 2_000;

/**
 * Whether the calls of a view have been answered, each once.
 * @returns `ready`, and `count` for the provider, which counts the calls that are under way
 */
export function useFirstLoad() {
  const [ready, setReady] = useState(false);
  const open = useRef(0);
  const count = useCallback((change) => {
    open.current += change;
    // Not at once: an answer may draw parts that make calls of their own.
    if (open.current === 0) queueMicrotask(() => open.current === 0 && setReady(true));
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (open.current === 0) setReady(true);
  }, []);
  return { ready, count };
}

/** Tells the view around that a call is under way, until it has been answered for the first time. */
export function useCounted(answered) {
  const count = useContext(FirstLoad);
  const counted = useRef(false);
  const change = (now) => {
    if (!count || counted.current === now) return;
    counted.current = now;
    count(now ? 1 : -1);
  };
  useLayoutEffect(() => {
    change(true);
    return () => change(false);
  }, []);
  useEffect(() => {
    if (answered) change(false);
  }, [answered]);
}
