// The SQL console of a project: a statement, and the rows or the error that come of it.
import { byId, stamp } from "./dom.js";
import { faultOf } from "./faults.js";

/** How many rows are shown. All of them are there, but nobody reads more. */
const most = 100;

/** A value of a row as a cell shows it. */
function textOf(value) {
  if (value === null) return "null";
  return Object(value) === value ? JSON.stringify(value) : String(value);
}

function cell(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  if (name === "th") element.scope = "col";
  return element;
}

function row(name, texts) {
  const element = document.createElement("tr");
  element.append(...texts.map((text) => cell(name, text)));
  return element;
}

function tableOf(rows) {
  const region = stamp("rows");
  // It scrolls sideways, which must be possible by keyboard.
  region.tabIndex = 0;
  const table = region.querySelector("table");
  const names = Object.keys(rows[0]);
  table.tHead.append(row("th", names));
  table.tBodies[0].append(
    ...rows.slice(0, most).map((one) =>
      row(
        "td",
        names.map((name) => textOf(one[name])),
      ),
    ),
  );
  return region;
}

/** How many rows there are, and that not all of them are shown. */
function countOf(rows) {
  const count = rows.length === 1 ? "1 row" : `${rows.length} rows`;
  return rows.length > most ? `${count}, of which the first ${most} are shown` : count;
}

/** Makes the console one of this project. */
export function showSql(page, ref) {
  const [form, output] = [byId("sql-form"), byId("sql-output")];
  output.replaceChildren();
  form.onsubmit = async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const { connection } = page;
    button.disabled = true;
    output.replaceChildren(cell("p", "Running …"));
    try {
      const rows = await connection.api.database.query(ref, { query: form.elements.query.value });
      const shown = Array.isArray(rows) && rows.length > 0 ? [tableOf(rows)] : [];
      output.replaceChildren(cell("p", countOf(rows ?? [])), ...shown);
    } catch (error) {
      output.replaceChildren(faultOf(error));
    } finally {
      button.disabled = false;
    }
  };
}
