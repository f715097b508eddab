// How many requests the services of a project were sent.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../context.js";
import { useCall } from "../hooks.js";
import { Loaded } from "../parts/section.jsx";
import { Chart } from "./chart.jsx";
import { Interval } from "./interval.jsx";

const intervals = ["15min", "30min", "1hr", "3hr", "1day", "3day", "7day"];

const names = {
  total_auth_requests: "Auth",
  total_realtime_requests: "Realtime",
  total_rest_requests: "Data API",
  total_storage_requests: "Storage",
};

const none = "No requests in this time.";
const noneOnSandbox = `${none} Nobody uses the services of a sandbox: those of a real project are counted.`;

export function ApiUsage({ projectRef }) {
  const api = useApi();
  const { connection } = usePage();
  const [interval, setInterval] = useState("1day");
  const counts = useCall(() => api.analytics.getUsageApiCounts(projectRef, { interval }), [api, projectRef, interval]);
  const total = useCall(() => api.analytics.getUsageApiRequestsCount(projectRef), [api, projectRef]);
  return (
    <>
      <Interval intervals={intervals} value={interval} onValue={setInterval} />
      <div class="chart">
        <Loaded call={counts}>
          {({ result = [] }) => (
            <Chart
              label="Requests"
              rows={result}
              nameOf={(name) => names[name] ?? name}
              empty={connection.sandbox ? noneOnSandbox : none}
            />
          )}
        </Loaded>
      </div>
      <Loaded call={total}>
        {({ result = [] }) => (
          <p class="total">
            <small>
              In total {(result[0]?.count ?? 0).toLocaleString("en")} requests. The API does not say since when.
            </small>
          </p>
        )}
      </Loaded>
    </>
  );
}
