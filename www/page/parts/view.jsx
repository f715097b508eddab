// Loads the file of a view when somebody goes there, and draws it.
import { useEffect, useState } from "preact/hooks";
import { FirstLoadProvider, useFirstLoad } from "../first-load.js";
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
  return <Whole view={made} parameters={parameters} />;
}

/** A view, which is shown when its first calls have been answered. */
function Whole({ view: Made, parameters }) {
  const { ready, count } = useFirstLoad();
  return (
    <FirstLoadProvider value={count}>
      {!ready && <p class="loading">Loading …</p>}
      <div class="view" hidden={!ready}>
        <Made {...parameters} />
      </div>
    </FirstLoadProvider>
  );
}
