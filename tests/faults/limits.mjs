// A server that enforces the rate limits of the API as it does: so many calls per window, per endpoint and project, told
// in headers in whole seconds; what is beyond gets 429 until the window ends.
import { createServer } from "node:http";

/**
 * Starts the server.
 * @param options `limit` calls in `windowMs`, answered after `delayMs`; `answer(request)` gives the body
 * @returns what it saw: `arrivals` (each with its bucket, the header `x-seq` and the time), `refused`, `busiest`
 */
export async function startLimitServer({ limit = 120, windowMs = 2000, delayMs = 0, answer = bodyOf } = {}) {
  const buckets = new Map();
  const seen = { arrivals: [], refused: 0, busiest: 0, running: 0, hold: undefined, headers: true };

  const server = createServer(async (request, response) => {
    const now = performance.now();
    const bucket = `${request.method} ${request.url}`;
    seen.running += 1;
    seen.busiest = Math.max(seen.busiest, seen.running);
    // When it is answered or gone, whatever comes first.
    response.once("close", () => (seen.running -= 1));
    request.resume();
    let window = buckets.get(bucket);
    if (!window || now >= window.ends) buckets.set(bucket, (window = { ends: now + windowMs, count: 0 }));
    window.count += 1;
    const fits = window.count <= limit;
    seen.arrivals.push({ bucket, seq: Number(request.headers["x-seq"]), at: now, fits });
    if (!fits) seen.refused += 1;
    if (seen.hold) await seen.hold({ bucket, number: seen.arrivals.length, response });
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (response.destroyed) return;
    const headers = { "content-type": "application/json; charset=utf-8" };
    if (seen.headers) {
      headers["x-ratelimit-limit"] = limit;
      headers["x-ratelimit-remaining"] = Math.max(0, limit - window.count);
      headers["x-ratelimit-reset"] = Math.max(0, Math.ceil((window.ends - performance.now()) / 1000));
    }
    response.writeHead(fits ? 200 : 429, headers);
    response.end(fits ? answer(request) : '{"message":"ThrottlerException: Too Many Requests"}');
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(seen, {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  });
}

const bodyOf = ({ url }) => (url.endsWith("/functions") ? "[]" : "{}");
