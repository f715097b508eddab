// How often a function was called.
import { useState } from "preact/hooks";
import { useApi } from "../context.js";
import { useCall } from "../hooks.js";
import { Loaded } from "../parts/section.jsx";
import { Chart } from "./chart.jsx";
import { Interval } from "./interval.jsx";

const intervals = ["15min", "1hr", "3hr", "1day"];

export function FunctionUsage({ projectRef, id }) {
  const api = useApi();
  const [interval, setInterval] = useState("1day");
  const call = useCall(
    () => api.analytics.getFunctionsCombinedStats(projectRef, { interval, function_id: id }),
    [api, projectRef, id, interval],
  );
  return (
    <>
      <Interval intervals={intervals} value={interval} onValue={setInterval} />
      <div class="chart">
        <Loaded call={call}>
          {({ result = [] }) => (
            <Chart label="Calls of the function" rows={result} empty="It was not called in this time." />
          )}
        </Loaded>
      </div>
    </>
  );
}
