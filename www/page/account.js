// The account behind the connection: its organizations and projects, read again as long as a project moves.
import { useEffect, useRef, useState } from "preact/hooks";
import { recorded } from "./calls.js";
import { isMoving } from "./parts/badge.jsx";

/** Milliseconds between two looks at projects that move. */
const pollMs = 2_000;

const none = { organizations: [], projects: [] };

/**
 * @param announce says what has changed by itself
 * @returns `account`, which is empty at first, `loading`, `error`, and `reload`
 */
export function useAccount(connection, announce) {
  const [state, setState] = useState({ account: none, loading: true });
  const current = useRef();

  async function reload() {
    if (!connection) return;
    try {
      const { organizations, projects } = connection.api;
      const [all, those] = await Promise.all([organizations.list(), projects.list()]);
      if (current.current !== connection) return;
      setState({ account: { organizations: all, projects: those }, loading: false });
    } catch (error) {
      if (current.current === connection) setState((before) => ({ ...before, error, loading: false }));
    }
  }

  useEffect(() => {
    current.current = connection;
    setState({ account: none, loading: true });
    reload();
    return () => void (current.current = undefined);
  }, [connection]);

  const { projects } = state.account;
  const moving = projects.some(isMoving);
  useEffect(() => {
    if (!moving) return undefined;
    // Equal looks share one line in the list of calls.
    const quietly = recorded(connection.client, { merge: true });
    const look = async () => {
      try {
        const seen = await quietly.projects.list();
        if (current.current !== connection) return;
        setState((before) => {
          const statuses = new Map(before.account.projects.map(({ ref, status }) => [ref, status]));
          const moved = seen.filter(({ ref, status }) => statuses.has(ref) && statuses.get(ref) !== status);
          if (moved.length > 0) announce(moved.map(({ name, status }) => `${name} is ${status}`).join(", "));
          return { ...before, account: { ...before.account, projects: seen } };
        });
      } catch (error) {
        if (current.current === connection) setState((before) => ({ ...before, error }));
      }
    };
    const timer = setInterval(look, pollMs);
    return () => clearInterval(timer);
  }, [connection, moving]);

  return { ...state, reload };
}
