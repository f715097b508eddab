// The colours of plots: those of the stylesheet, light or dark. A canvas does not know them by itself.
import { useEffect, useState } from "preact/hooks";

const darkness = () => matchMedia("(prefers-color-scheme: dark)");

function read() {
  const styles = getComputedStyle(document.documentElement);
  const colour = (name) => styles.getPropertyValue(name).trim();
  const lines = ["--plot-1", "--plot-2", "--plot-3", "--plot-4"].map(colour);
  return { lines, ink: colour("--soft"), grid: colour("--line") };
}

/** The colours as they are now: they are read again when the system goes from light to dark. */
export function usePlotColours() {
  const [colours, set] = useState(read);
  useEffect(() => {
    const query = darkness();
    const changed = () => set(read());
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  return colours;
}
