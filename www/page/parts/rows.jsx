// Rows that a statement of SQL gave, as a table that scrolls within its frame.
import { Scroller } from "./scroller.jsx";

/** How many rows are shown. All of them are there, but nobody reads more. */
const most = 100;

/** A value of a row as a cell shows it. */
function textOf(value) {
  if (value === null) return "null";
  return Object(value) === value ? JSON.stringify(value) : String(value);
}

/** How many rows there are, and that not all of them are shown. */
function countOf(rows) {
  const count = rows.length === 1 ? "1 row" : `${rows.length} rows`;
  return rows.length > most ? `${count}, of which the first ${most} are shown` : count;
}

export function Rows({ rows }) {
  if (rows.length === 0) return <p>{countOf(rows)}</p>;
  const names = Object.keys(rows[0]);
  return (
    <>
      <p>{countOf(rows)}</p>
      <Scroller class="rows" label="Rows">
        <table>
          <thead>
            <tr>
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map((row, at) => (
              <tr key={at}>
                {names.map((name) => (
                  <td key={name}>{textOf(row[name])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </>
  );
}
