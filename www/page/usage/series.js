// Rows with a time in each as series of numbers, for a plot and for the table beside it.

/** Names of columns that hold a time. */
const times = ["timestamp", "time", "period_start", "date"];

/** A time as milliseconds. ClickHouse and BigQuery give microseconds where they give a number. */
export function millisecondsOf(value) {
  if (typeof value === "number") return value > 1e14 ? value / 1_000 : value;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * @param rows `[{ timestamp: "2026-01-31T12:00:00Z", total_auth_requests: 3, … }]`
 * @returns `times` in milliseconds, the earliest first, and `series`, each with its `name`, its `values` and their `total`;
 * undefined where the rows have no time or no numbers
 */
export function seriesOf(rows) {
  const time = times.find((name) => rows.some((row) => millisecondsOf(row?.[name]) !== undefined));
  if (!time) return undefined;
  const known = rows
    .map((row) => ({ at: millisecondsOf(row[time]), row }))
    .filter(({ at }) => at !== undefined)
    .sort((one, other) => one.at - other.at);
  const names = [...new Set(known.flatMap(({ row }) => Object.keys(row)))].filter(
    (name) => name !== time && known.some(({ row }) => typeof row[name] === "number"),
  );
  if (names.length === 0) return undefined;
  const series = names.map((name) => {
    const values = known.map(({ row }) => (typeof row[name] === "number" ? row[name] : null));
    return { name, values, total: values.reduce((sum, value) => sum + (value ?? 0), 0) };
  });
  return { times: known.map(({ at }) => at), series };
}

/** Whether there is anything to see: a line at zero says less than a sentence. */
export const isEmpty = ({ series }) => series.every(({ values }) => values.every((value) => !value));
