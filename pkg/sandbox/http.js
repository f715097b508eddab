// The sandbox behind node:http.
import { halfOf } from "./control.js";
import { isControl, objection } from "./guard.js";
import { names } from "./request.js";

/** Larger bodies are refused by the sandbox (50 MiB): one byte more is all it needs to see of them. */
const enough = 50 * 1024 * 1024 + 1;
/** What all bodies that are being received may take together. */
const together = 4 * enough;

// What the API exposes to pages of other origins.
const exposed = [
  "x-connection-encrypted, x-forwarded-for, user-agent, CF-Connecting-IP, Retry-After",
  "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset",
].join(", ");

const nothing = new Uint8Array();

/** Headers for pages of other origins. `Vary` is always there, as an answer depends on who asks. */
function crossOrigin({ origin }, headers = {}) {
  headers.vary = "Origin";
  if (!origin) return headers;
  headers["access-control-allow-origin"] = origin;
  headers["access-control-expose-headers"] = exposed;
  return headers;
}

function preflight(headers) {
  return crossOrigin(headers, {
    "access-control-allow-methods": "GET,HEAD,PUT,PATCH,POST,DELETE",
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "authorization,content-type",
    "access-control-max-age": "600",
  });
}

/** Whether the answer tells how long its body is. That to HEAD would tell the length of a body that was not made. */
const hasLength = (method, status) => method !== "HEAD" && status !== 204 && status !== 304;

/**
 * What answers the requests of a server.
 * @param answer that of the sandbox
 * @param changed is called when something may have changed
 */
export function listener(answer, changed) {
  let held = 0;

  /** The body of a request, or undefined where there is no room for it. It is read to its end even so: who is still sending does not listen. */
  async function bodyOf(request) {
    const chunks = [];
    let size = 0;
    let hasRoom = true;
    try {
      for await (const chunk of request) {
        const kept = hasRoom ? Math.min(chunk.length, enough - size) : 0;
        hasRoom &&= held + kept <= together;
        if (!hasRoom) {
          // What was kept of it makes room for others.
          chunks.length = 0;
          held -= size;
          size = 0;
        }
        if (!hasRoom || kept === 0) continue;
        chunks.push(chunk.subarray(0, kept));
        size += kept;
        held += kept;
      }
      if (!hasRoom) return undefined;
      return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    } finally {
      held -= size;
    }
  }

  async function respond(incoming, outgoing) {
    const { method, url, headers } = incoming;
    const why = isControl(url) && objection(incoming);
    if (why) return refuse(incoming, outgoing, 403, why);
    if (method === "OPTIONS") return void outgoing.writeHead(204, preflight(headers)).end();
    const isRead = method === "GET" || method === "HEAD";
    const hasBody = headers["content-length"] > 0 || headers["transfer-encoding"] !== undefined;
    const body = hasBody ? await bodyOf(incoming) : nothing;
    if (!body) return refuse(incoming, outgoing, 503, "too many large bodies at once");
    const step = answer({
      method,
      origin: `http://${headers.host ?? "localhost"}`,
      target: `/${url.replace(/^\/+/, "")}`,
      headers: names.map((name) => headers[name]),
      body: isRead ? nothing : body,
    });
    const [status, content, delayMs, cut, ...pairs] = step instanceof Promise ? await step : step;
    // Of what is only read, an authorization is remembered.
    if (!isRead || url.includes("/oauth/")) changed();
    const sent = crossOrigin(headers);
    for (let at = 0; at < pairs.length; at += 2) sent[pairs[at]] = pairs[at + 1];
    // Without it, the answer would go out in pieces, each behind its length, which takes longer.
    if (cut === undefined && hasLength(method, status)) sent["content-length"] = content.length;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (cut !== "lost") outgoing.writeHead(status, sent);
    if (cut === undefined) return void outgoing.end(content);
    // A fault that a test asked for. What was written goes out before.
    if (cut === "truncated") outgoing.write(halfOf(content));
    outgoing.socket?.destroySoon();
  }

  return (incoming, outgoing) => {
    respond(incoming, outgoing).catch((error) => {
      if (outgoing.destroyed) return;
      console.error(error);
      refuse(incoming, outgoing, 500, "Internal server error");
    });
  };
}

function refuse({ headers }, outgoing, status, message) {
  outgoing.writeHead(status, crossOrigin(headers, { "content-type": "application/json; charset=utf-8" }));
  outgoing.end(JSON.stringify({ message }));
}
