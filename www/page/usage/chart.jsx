// Rows over time: a plot, and the same numbers as a table.
import { useMemo } from "preact/hooks";
import { Plot } from "../parts/plot.jsx";
import { Rows } from "../parts/rows.jsx";
import { Scroller } from "../parts/scroller.jsx";
import { isEmpty, seriesOf } from "./series.js";

const moment = new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short" });

/**
 * @param label what is shown
 * @param rows rows of the API with a time in each
 * @param nameOf gives the words for a column
 * @param empty what is said where all is zero
 */
export function Chart({ label, rows, nameOf = (name) => name, empty }) {
  const drawn = useMemo(() => {
    const found = seriesOf(rows);
    return found && { ...found, series: found.series.map((one) => ({ ...one, name: nameOf(one.name) })) };
  }, [rows]);
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  // The API may give rows that nobody has described: they are still shown.
  if (!drawn) return <Rows rows={rows} />;
  const { times, series } = drawn;
  const totals = series.map(({ name, total }) => `${name}: ${total.toLocaleString("en")}`).join(", ");
  return (
    <>
      {isEmpty(drawn) ? <p class="empty">{empty}</p> : <Plot label={`${label}. ${totals}`} {...drawn} />}
      <details class="numbers">
        <summary>The same numbers as a table</summary>
        <Scroller class="rows" label={`${label} as a table`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Time</th>
                {series.map(({ name }) => (
                  <th key={name} scope="col" data-kind="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times.map((time, at) => (
                <tr key={time}>
                  <th scope="row">{moment.format(time)}</th>
                  {series.map(({ name, values }) => (
                    <td key={name} data-kind="number">
                      {values[at]?.toLocaleString("en") ?? ""}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">Sum</th>
                {series.map(({ name, total }) => (
                  <td key={name} data-kind="number">
                    {total.toLocaleString("en")}
                  </td>
                ))}
              </tr>
            </tfoot>
          </table>
        </Scroller>
      </details>
    </>
  );
}
