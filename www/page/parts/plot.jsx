// Numbers over time as a plot, drawn by uPlot. It is loaded with the first plot.
import { useEffect, useRef } from "preact/hooks";
import { usePlotColours } from "../usage/colours.js";

const height = 220;

/** Lines are told apart by their dashes as well. */
const dashes = [undefined, [8, 4], [2, 3], [8, 3, 2, 3]];

/**
 * @param label what the plot shows, for those who do not see it; its numbers stand in a table besides
 * @param times in milliseconds
 * @param series `[{ name, values }]`
 */
export function Plot({ label, times, series }) {
  const holder = useRef();
  const colours = usePlotColours();
  useEffect(() => {
    let plot;
    let wanted = true;
    const resized = new ResizeObserver(([{ contentRect }]) => plot?.setSize({ width: contentRect.width, height }));
    import("../usage/plotter.js").then(({ default: UPlot }) => {
      if (!wanted) return;
      const width = holder.current.clientWidth;
      const data = [times.map((time) => time / 1_000), ...series.map(({ values }) => values)];
      plot = new UPlot({ width, height, ...optionsOf(series, colours) }, data, holder.current);
      resized.observe(holder.current);
    });
    return () => {
      wanted = false;
      resized.disconnect();
      plot?.destroy();
    };
  }, [times, series, colours]);
  return <div class="plot" role="img" aria-label={label} ref={holder} />;
}

function optionsOf(series, { lines, ink, grid }) {
  const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid, width: 1 } };
  return {
    legend: { live: false },
    cursor: { y: false },
    scales: { y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
    axes: [axis, { ...axis, size: 56 }],
    series: [
      {},
      ...series.map(({ name }, at) => ({
        label: name,
        stroke: lines[at % lines.length],
        dash: dashes[at % dashes.length],
        width: 2,
        points: { show: series[0].values.length < 40 },
      })),
    ],
  };
}
