// A page, and the proxy at /api that it asks: the proxy adds the token, and the API behind it is the sandbox.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { createSandbox } from "../pkg/sandbox.js";

const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Projects</title><link rel="icon" href="data:,">
<body><div id="main"></div><script type="module">import init from "./app.js"; await init();</script></body></html>`;

/** Only the proxy has it. */
const authorization = `Bearer sbp_${"0".repeat(40)}`;

/**
 * Serves what `bind` has put into a folder. The time of the sandbox stands still, and `pass(ms)` lets it go on; `asked` are the
 * requests so far.
 */
export async function serveApp(folder) {
  let clock = Date.now();
  const asked = [];
  const sandbox = createSandbox({ startupMs: 60_000, rateLimit: false, now: () => clock });
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const { pathname } = new URL(url, "http://localhost");
    const end = (status, type, body) => response.writeHead(status, { "content-type": type }).end(body);
    if (pathname.startsWith("/api/")) {
      asked.push(`${method} ${url.slice("/api".length)}`);
      const body = await buffer(request);
      const sent = { authorization, "content-type": headers["content-type"] ?? "" };
      const answer = await sandbox.fetch(url, { method, headers: sent, body: body.length > 0 ? body : undefined });
      return end(answer.status, answer.headers.get("content-type") ?? "", Buffer.from(await answer.arrayBuffer()));
    }
    if (pathname === "/") return end(200, "text/html", html);
    const file = /^(\/\w[\w.-]*)+$/.test(pathname) && (await readFile(join(folder, pathname)).catch(() => undefined));
    return file ? end(200, types[extname(pathname)] ?? "", file) : end(404, "text/plain", "there is no such file");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, asked, pass: (ms) => (clock += ms), close };
}
