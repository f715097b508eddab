// A server on this machine that breaks HTTP in every way a network, a proxy or an API can: each request says by two
// headers which call it belongs to, and a call has registered what becomes of it. It speaks through bare sockets, as an
// HTTP server of Node would not let it be this rude.
import { createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { conversation } from "./wire.mjs";

/** Milliseconds between two steps of a server: enough for the client to see them as two. */
export const step = 25;

/**
 * Starts the servers.
 * @returns `open(fault, answer, times)` registers a call and gives its record; `close()` ends all of it
 */
export async function startFaultServer() {
  const calls = new Map();
  const sockets = new Set();
  const servers = new Set();
  /** What reached the host that redirects name. */
  const strangers = [];

  async function listen(server) {
    servers.add(server);
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => sockets.delete(socket));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${server.address().port}`;
  }
  const end = (server) => new Promise((resolve) => server.close(resolve)).then(() => servers.delete(server));

  /** The call that a request belongs to notes it, and does what its fault says. */
  function serve(socket, request) {
    const call = calls.get(request.headers["x-call"]);
    if (!call) return socket.destroy();
    const { fault, answer, times, then, requests } = call;
    requests.push({ at: Date.now(), ...request });
    keep(call, socket);
    const number = ++call.served - (fault.warm ? 1 : 0);
    const { act } = number === 0 ? warmUp : number <= times ? fault : then;
    act({ socket, request, answer, fault, elsewhere: `http://${strange}` });
  }

  function keep(call, socket) {
    if (call.sockets.has(socket)) return;
    call.sockets.add(socket);
    socket.on("close", () => call.sockets.delete(socket));
  }

  const speaking = () => createServer((socket) => conversation(socket, (request) => serve(socket, request)));
  /** A connection that is reset at once tells no request: what is counted is who comes. */
  const rude = (call) =>
    createServer((socket) => {
      if (call.served >= call.times) return conversation(socket, (request) => serve(socket, request));
      call.served += 1;
      call.requests.push({ at: Date.now() });
      socket.resetAndDestroy();
    });

  const main = await listen(speaking());
  // Without a certificate there is no handshake that could succeed.
  const secure = await listen(createTlsServer({}, () => {}).on("tlsClientError", () => {}));
  const plain = await listen(createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));
  const strange = await listen(
    createServer((socket) => {
      strangers.push("a connection");
      conversation(socket, (request) => strangers.push(request));
    }),
  );
  const closed = createServer();
  const refused = await listen(closed);
  await end(closed);
  const origins = {
    main: `http://${main}`,
    refused: `http://${refused}`,
    plain: `https://${plain}`,
    mute: `https://${main}`,
    tls: `https://${secure}`,
    nowhere: "https://no-such-host.invalid",
  };
  let count = 0;

  return {
    strangers,

    /**
     * Registers a call.
     * @param fault what becomes of its requests
     * @param answer the right answer: `{ status, type, text, total }`
     * @param times of how many requests
     * @param then what becomes of those that follow: they are to go to `next` in place of `url`
     */
    async open(fault, answer, times = Number.POSITIVE_INFINITY, then = good) {
      const call = { id: `${++count}`, fault, answer, times, then, served: 0, requests: [], sockets: new Set() };
      calls.set(call.id, call);
      call.url = origins[fault.origin ?? "main"];
      call.next = origins[then.origin ?? "main"];
      if (fault.own) {
        call.server = fault.rude ? rude(call) : speaking();
        call.url = `http://${await listen(call.server)}`;
      }
      return call;
    },

    /** Forgets a call, and hangs up on it. */
    async forget(call) {
      calls.delete(call.id);
      for (const socket of call.sockets) socket.destroy();
      if (call.server) await end(call.server);
    },

    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([...servers].map(end));
    },
  };
}

/** The answer that the call wants. */
export const good = {
  name: "answers well",
  act: ({ socket, request, answer }) => socket.end(message(request, answer, {})),
  sees: { status: 200, body: "good" },
};

/** For faults that need a connection which was used before. */
const warmUp = {
  act: ({ socket, request, answer, fault }) => {
    socket.write(message(request, answer, { headers: { connection: "keep-alive" } }));
    if (fault.warm === "closed") setTimeout(() => socket.end(), step);
  },
};

/** A whole answer as text or bytes; `changes` are of the answer, headers too. Without a length where that is undefined. */
export function message(request, answer, changes) {
  const { status, type, text, total, headers = {} } = { ...answer, ...changes };
  const bytes = Buffer.from(text);
  const all = { "content-type": type, "content-length": `${bytes.length}`, connection: "close" };
  if (request.method === "HEAD") Object.assign(all, { "x-total-count": total, "content-length": "0" });
  if (status === 204 || status === 304) all["content-length"] = undefined;
  const head = headOf(status, { ...all, ...headers });
  return request.method === "HEAD" ? head : Buffer.concat([Buffer.from(head), bytes]);
}

export function headOf(status, headers) {
  const lines = Object.entries(headers).filter(([, value]) => value !== undefined);
  return `HTTP/1.1 ${status} Whatever\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}
