// Statements that search the logs, in the SQL of ClickHouse, and the times that they may search.

const columns = "timestamp, event_message";

/** Where a project's logs come from: `source_name` in the table `logs`. */
export const sources = {
  edge_logs: "API gateway",
  postgres_logs: "Postgres",
  auth_logs: "Auth",
  storage_logs: "Storage",
  realtime_logs: "Realtime",
  function_edge_logs: "Function calls",
  function_logs: "Function output",
  postgrest_logs: "Data API",
  supavisor_logs: "Pooler",
};

export const logsOf = (source) => `select ${columns}
from logs
where source_name = '${source}'
order by timestamp desc
limit 100`;

/** What one function wrote. Its id is a UUID, so that nothing in it can end the text. */
export const functionLogs = (id) => `select ${columns}
from logs
where source_name = 'function_logs'
  and log_attributes['function_id'] = '${id}'
order by timestamp desc
limit 100`;

const minute = 60_000;

/** How far back a search may go, in milliseconds: the API takes 24 hours at most. */
export const ranges = {
  "Last 15 minutes": 15 * minute,
  "Last hour": 60 * minute,
  "Last 3 hours": 180 * minute,
  "Last 24 hours": 1_440 * minute,
};

/** The times of a range, as `analytics.getLogs` takes them. */
export const timesOf = (range, now = Date.now()) => ({
  iso_timestamp_start: new Date(now - range).toISOString(),
  iso_timestamp_end: new Date(now).toISOString(),
});
