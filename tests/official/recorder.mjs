// A server before a sandbox that keeps what comes in, to compare what two programs send.
import { createServer } from "node:http";
import { createSandbox } from "../../pkg/sandbox.js";

/** Starts one on a free port. `requests` are `{ method, path, query, type, body }`, oldest first. */
export async function record(options) {
  const sandbox = createSandbox({ startupMs: 0, ...options });
  const requests = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url, "http://127.0.0.1");
    const { method, headers } = request;
    requests.push({ method, path: url.pathname, query: url.searchParams, type: headers["content-type"], body });
    const answer = await sandbox.fetch(url.href, {
      method,
      headers: new Headers(
        Object.entries(headers).filter(([name]) => !/^(connection|host|content-length|te)$/.test(name)),
      ),
      body: body.length > 0 ? body : undefined,
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const end = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await sandbox.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, requests, sandbox, end };
}

/** The parts of a form: name, file name with its directories, content as text of one letter a byte. */
export function partsOf({ type, body }) {
  const boundary = /boundary="?([^";]+)"?/.exec(type)[1];
  const pieces = body.toString("latin1").split(`--${boundary}`).slice(1, -1);
  return pieces.map((piece) => {
    const end = piece.indexOf("\r\n\r\n");
    const head = Buffer.from(piece.slice(0, end), "latin1").toString();
    const parameter = (name) => new RegExp(`[;\\s]${name}="([^"]*)"`).exec(head)?.[1];
    return { name: parameter("name"), file: parameter("filename"), content: piece.slice(end + 4, -2) };
  });
}
