// Logs and usage on the page: rows as series, metrics as a table, and plots with the same numbers beside them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stop } from "./runtimes/harness/run.mjs";
import { SupabaseManagement } from "../pkg/index.js";
import { createSandbox } from "../pkg/sandbox.js";
import { readMetrics } from "../www/page/usage/prometheus.js";
import { isEmpty, seriesOf } from "../www/page/usage/series.js";
import { functionLogs, logsOf, ranges, sources, timesOf } from "../www/page/usage/statements.js";
import { openPage, refs, serving, skip } from "./page/harness.js";

const client = new SupabaseManagement({ fetch: createSandbox().fetch, accessToken: "sbp_any" });

/** Counts of requests as the API answers them: three periods of five minutes, the last one first. */
const counts = [7, 0, 5].map((count, at) => ({
  timestamp: new Date(Date.UTC(2026, 0, 31, 12, 10 - 5 * at)).toISOString(),
  total_auth_requests: count,
  total_realtime_requests: 0,
  total_rest_requests: 10 * count,
  total_storage_requests: 1,
}));

describe("series", () => {
  it("are in the order of time, with their sums", () => {
    const { times, series } = seriesOf(counts);
    assert.deepEqual([...times].sort(), times);
    assert.deepEqual(
      series.map(({ name, total }) => [name, total]),
      [
        ["total_auth_requests", 12],
        ["total_realtime_requests", 0],
        ["total_rest_requests", 120],
        ["total_storage_requests", 3],
      ],
    );
    assert.deepEqual(series[0].values, [5, 0, 7]);
  });

  it("take times in microseconds, and gaps", () => {
    const { times, series } = seriesOf([{ timestamp: 1_700_000_000_000_000, n: 1, words: "x" }, { timestamp: 0 }]);
    assert.deepEqual([times, series.map(({ values }) => values)], [[0, 1_700_000_000_000], [[null, 1]]]);
  });

  it("are none without a time or a number", () => {
    assert.equal(seriesOf([{ n: 1 }]), undefined);
    assert.equal(seriesOf([{ timestamp: "2026-01-31" }]), undefined);
    assert.ok(isEmpty(seriesOf([{ timestamp: 0, n: 0 }])));
  });
});

describe("metrics", () => {
  it("are the lines of Prometheus with their labels", async () => {
    const metrics = readMetrics(await client.analytics.getMetrics(refs.storefront));
    const size = metrics.find(({ name }) => name === "node_filesystem_size_bytes");
    assert.deepEqual([size.labels, size.about], ["mountpoint: /data", "Size of the disk."]);
    assert.ok(Number(size.value) > 0);
    assert.deepEqual(readMetrics('a{b="x} \\"y\\", z"} 1.5 123\n# TYPE a gauge\n'), [
      { name: "a", about: "", labels: 'b: x} \\"y\\", z', value: "1.5" },
    ]);
  });
});

describe("searches of the logs", () => {
  it("are taken by the API, for every source and range", async () => {
    for (const source of Object.keys(sources)) {
      for (const range of Object.values(ranges)) {
        const query = { sql: logsOf(source), ...timesOf(range) };
        assert.deepEqual(await client.analytics.getLogs(refs.storefront, query), { result: [] });
      }
    }
    const [{ id }] = await client.functions.list(refs.storefront);
    assert.match(functionLogs(id), new RegExp(id));
  });
});

describe("the view of logs and usage", { skip }, () => {
  it("says plainly that there is nothing, and shows the metrics", async (t) => {
    const { page, button } = await openPage(t, { hash: `/projects/${refs.storefront}/logs` });
    await page.getByText("No requests in this time.").waitFor();
    await button("Search the logs").click();
    await page.getByText("There is nothing in the logs of this time").waitFor();
    await page.getByRole("row", { name: /max_connections_connection_count/ }).waitFor();
  });

  it("draws a plot of what the API counts, and the same numbers as a table", async (t) => {
    // A sandbox that is a server answers what a test tells it to.
    const { child, address } = await serving("pkg/cli.js", "sandbox");
    t.after(() => stop(child, "SIGKILL"));
    const answers = (endpoint, result) => {
      const body = JSON.stringify({ endpoint, status: 200, body: { result }, times: null });
      return fetch(`${address}/_sandbox/faults`, { method: "POST", body });
    };
    await answers("analytics.getUsageApiCounts", counts);
    await answers("analytics.getLogs", [{ timestamp: 1, event_message: "GET /rest/v1/orders" }]);

    const { page, button, go } = await openPage(t);
    await button("Connection …").click();
    await page.getByLabel("Address of the proxy", { exact: true }).fill(address);
    await page.getByLabel("Access token", { exact: true }).fill("sbp_any");
    await button("Connect").click();
    await page.locator("#connection-state[data-kind=proxy]").waitFor();
    await go(`/projects/${refs.storefront}/logs`);
    const plot = page.getByRole("img", { name: "Requests. Auth: 12, Realtime: 0, Data API: 120, Storage: 3" });
    await plot.locator("canvas").waitFor();
    const ink = await plot.locator("canvas").evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, at) => at % 4 === 3 && value > 0).length;
    });
    assert.ok(ink > 1_000, `${ink} pixels are drawn`);
    await page.getByText("The same numbers as a table").click();
    const table = page.getByRole("region", { name: "Requests as a table" });
    assert.deepEqual(await table.locator("tfoot td").allTextContents(), ["12", "0", "120", "3"]);
    await button("Search the logs").click();
    await page.getByRole("cell", { name: "GET /rest/v1/orders" }).waitFor();
  });
});
