// Loads the file of a view when somebody goes there, and draws it.
import { useEffect, useState } from "preact/hooks";
import { Fault } from "./fault.jsx";

/**
 * @param load gives the module of the view, which is its default export
 * @param parameters properties of the view
 */
export function View({ load, parameters }) {
  const [{ made, error, from }, set] = useState({});
  useEffect(() => {
    let wanted = true;
    load().then(
      (module) => wanted && set({ made: module.default, from: load }),
      (error) => wanted && set({ error, from: load }),
    );
    return () => void (wanted = false);
  }, [load]);
  if (from !== load) return <p class="loading">Loading …</p>;
  if (error) return <Fault error={error} />;
  const Made = made;
  return <Made {...parameters} />;
}
