// Rows that a statement gave, as a table that scrolls within its frame.
import { columnKind, columnsOf, kindOf, textOf } from "../sql/values.js";
import { Scroller } from "./scroller.jsx";

/** How many rows are shown. All of them are there, but nobody reads more. */
const most = 100;

/** How many rows there are, and that not all of them are shown. */
export function countOf(rows) {
  const count = rows.length === 1 ? "1 row" : `${rows.length} rows`;
  return rows.length > most ? `${count}, of which the first ${most} are shown` : count;
}

/** @param more what stands behind the number of rows, such as the time that they took */
export function Rows({ rows, more = "", label = "Rows" }) {
  const said = `${countOf(rows)}${more}`;
  if (rows.length === 0) return <p>{said}</p>;
  const names = columnsOf(rows);
  const kinds = Object.fromEntries(names.map((name) => [name, columnKind(rows, name)]));
  return (
    <>
      <p>{said}</p>
      <Scroller class="rows" label={label}>
        <table>
          <thead>
            <tr>
              {names.map((name) => (
                <th key={name} scope="col" data-kind={kinds[name]}>
                  {name} <small>{kinds[name]}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row, at) => (
              <tr key={at}>
                {names.map((name) => (
                  <td key={name} data-kind={kindOf(row[name])} title={textOf(row[name] ?? null)}>
                    {textOf(row[name] ?? null)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </>
  );
}
