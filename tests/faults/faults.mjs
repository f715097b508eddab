// The faults: what the server does with a request, and what of it can be seen from outside, which is all that an
// expectation may be derived from. `sees` is one of
// - `{ unsent: true }`: there was no connection, so nothing left;
// - `{ broke: true }`: the connection broke before the head of an answer was complete;
//   `unheard` where the server got no request of it, though nobody but the server can know that;
// - `{ stalls: true }`: no head within any time; `unheard` where the server gets no request of it;
// - `{ platform: true }`: what `fetch` makes of it differs between platforms, so a bare one is asked;
// - `{ status, headers, body }`: an answer, with the right status where there is none, whose body is "good", "broken", "stalled", "empty", "no JSON", "other kind"
//   or "error" (some text, complete).
import { good, message, step } from "./server.mjs";

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const isHead = ({ method }) => method === "HEAD";

/** The head of the right answer, and its body. */
function parts({ request, answer }, headers = {}) {
  const whole = Buffer.from(message(request, answer, { headers }));
  const end = whole.indexOf("\r\n\r\n") + 4;
  return [whole.subarray(0, end), whole.subarray(end)];
}

/** Writes some pieces, with pauses, and does something at last. */
async function say(socket, pieces, last) {
  for (const piece of pieces) {
    if (piece.length > 0) socket.write(piece);
    await later(step);
  }
  last?.(socket);
}
const reset = (socket) => socket.resetAndDestroy();
const close = (socket) => socket.end();

/** An answer with another status, text, type or other headers. */
const says = (name, changes, body = "error") => ({
  name,
  sees: { status: changes.status, headers: changes.headers ?? {}, body },
  act: ({ socket, request, answer }) => socket.end(message(request, answer, changes)),
});
const json = "application/json; charset=utf-8";
const refusal = (status, headers, name = `answers ${status}`) =>
  says(name, { status, type: json, text: `{"message":"no, ${status}"}`, headers });
const page = (status) =>
  says(`answers ${status} with a page`, {
    status,
    type: "text/html",
    text: `<!doctype html><title>${status}</title><h1>cloudflare</h1>`,
  });

const hints = "HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n";
const processing = "HTTP/1.1 102 Processing\r\n\r\n";

const broken = [
  ["reset before the headers", ({ socket }) => reset(socket)],
  ["closed before the headers", ({ socket }) => socket.destroy()],
  ["reset in the headers", ({ socket }) => say(socket, ["HTTP/1.1 200 OK\r\ncontent-ty"], reset)],
  ["closed in the headers", ({ socket }) => say(socket, ["HTTP/1.1 200 OK\r\ncontent-ty"], close)],
  ["closed in the status line", ({ socket }) => say(socket, ["HTTP/1.1 2"], close)],
  ["no HTTP", ({ socket }) => socket.end("hello\r\n\r\n")],
  ["a header that is none", ({ socket }) => socket.end("HTTP/1.1 200 OK\r\na b\0: c\r\n\r\n[]")],
  ["nothing but early hints", ({ socket }) => say(socket, [hints], close)],
  [
    "two lengths that differ",
    ({ socket }) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n[]"),
  ],
].map(([name, act]) => ({ name, act, sees: { broke: true } }));

const stalled = [
  ["stalls before the headers", () => {}],
  ["stalls in the headers", ({ socket }) => socket.write("HTTP/1.1 200 OK\r\ncontent-ty")],
  ["stalls after early hints", ({ socket }) => socket.write(hints)],
  [
    "drips headers without an end",
    async ({ socket }) => {
      socket.write("HTTP/1.1 200 OK\r\n");
      for (let count = 0; !socket.destroyed && count < 2000; count++) {
        socket.write(`x-${count}: 1\r\n`);
        await later(5);
      }
    },
  ],
].map(([name, act]) => ({ name, act, sees: { stalls: true } }));

/** The head of the right answer, and a body with which something happens. For a HEAD, the head is all there is. */
const inBody = (name, body, act) => ({ name, act, sees: { body, deep: /levels/.test(name) } });
const chunked = ({ request }) =>
  isHead(request) ? {} : { "content-length": undefined, "transfer-encoding": "chunked" };
const chunkOf = (bytes) =>
  bytes.length > 0 ? Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]) : "";
/** The first half of a text, or of bytes. */
const half = (text) => text.slice(0, Math.ceil(text.length / 2));

const bodies = [
  inBody("reset after the headers", "broken", (scene) => {
    const [head] = parts(scene, isHead(scene.request) ? {} : { "content-length": "1000" });
    return say(scene.socket, [head], reset);
  }),
  inBody("reset in the body", "broken", (scene) => {
    const [head, body] = parts(scene, isHead(scene.request) ? {} : { "content-length": "100000" });
    return say(scene.socket, [head, half(body)], reset);
  }),
  inBody("reset after the body", "good", (scene) => say(scene.socket, parts(scene), reset)),
  inBody("a body that is shorter than its length", "broken", (scene) => {
    const [head, body] = parts(scene, isHead(scene.request) ? {} : { "content-length": "100000" });
    return say(scene.socket, [head, body], close);
  }),
  inBody("a body that is longer than its length", "no JSON", (scene) => {
    const text = scene.answer.text;
    const [head, body] = parts(scene, isHead(scene.request) ? {} : { "content-length": `${half(text).length}` });
    return say(scene.socket, [head, body], close);
  }),
  inBody("chunks without the last one", "broken", (scene) => {
    const [head, body] = parts(scene, { ...chunked(scene), connection: undefined });
    return say(scene.socket, [head, chunkOf(body)], close);
  }),
  inBody("chunks without the last one, and a reset", "broken", (scene) => {
    const [head, body] = parts(scene, { ...chunked(scene), connection: undefined });
    return say(scene.socket, [head, chunkOf(body)], reset);
  }),
  {
    // Where the server had said that it would close, Node takes that for the end.
    name: "half of the chunks, and a close that was announced",
    sees: { platform: true },
    act: (scene) => {
      const [head, body] = parts(scene, chunked(scene));
      return say(scene.socket, [head, chunkOf(half(body))], close);
    },
  },
  inBody("a chunk of no size", "broken", (scene) => {
    const [head, body] = parts(scene, chunked(scene));
    return say(scene.socket, [head, isHead(scene.request) ? "" : `zz\r\n${body}\r\n0\r\n\r\n`], close);
  }),
  inBody("whole chunks", "good", async (scene) => {
    const [head, body] = parts(scene, chunked(scene));
    const chunks = Array.from(body, (byte) => Buffer.from(`1\r\n${String.fromCharCode(byte)}\r\n`, "latin1"));
    if (isHead(scene.request)) scene.socket.end(head);
    else scene.socket.end(Buffer.concat([head, ...chunks, Buffer.from("0\r\n\r\n")]));
  }),
  inBody("stalls after the headers", "stalled", (scene) => {
    const [head] = parts(scene, isHead(scene.request) ? {} : { "content-length": "1000" });
    scene.socket.write(head);
  }),
  inBody("stalls in the body", "stalled", (scene) => {
    const [head, body] = parts(scene, isHead(scene.request) ? {} : { "content-length": "100000" });
    scene.socket.write(head);
    if (body.length > 0) scene.socket.write(half(body));
  }),
  inBody("drips a body without an end", "stalled", async (scene) => {
    const [head] = parts(scene, { "content-length": undefined });
    scene.socket.write(head);
    for (let count = 0; !isHead(scene.request) && !scene.socket.destroyed && count < 2000; count++) {
      scene.socket.write(" ");
      await later(5);
    }
  }),
  inBody("drips the body", "good", async (scene) => {
    const [head, body] = parts(scene);
    scene.socket.write(head);
    for (let at = 0; at < body.length; at += 4) {
      scene.socket.write(body.subarray(at, at + 4));
      await later(2);
    }
    scene.socket.end();
  }),
  inBody("drips all of it", "good", async (scene) => {
    const whole = Buffer.concat(parts(scene));
    for (let at = 0; at < whole.length; at += 8) {
      scene.socket.write(whole.subarray(at, at + 8));
      await later(2);
    }
    scene.socket.end();
  }),
];

const deep = (levels) => "[".repeat(levels) + "]".repeat(levels);
const huge = `"${"x".repeat(50_000_000)}"`;
/** The right answer with something in it that nobody asked for. */
const grown = (answer, value) => answer.text.replace("{", `{"extra":${value},`);
const texts = [
  ["a body of another kind", "other kind", () => '"text"'],
  ["a body that is null", "other kind", () => "null"],
  ["a body that ends early", "no JSON", ({ answer }) => half(answer.text) || "{"],
  ["a page in the place of an answer", "no JSON", () => "<!doctype html><title>Welcome</title>"],
  ["an empty body", "empty", () => ""],
  ["a body with 100,000 levels", "good", ({ answer }) => grown(answer, deep(100_000))],
  ["a body of 50 MB", "good", ({ answer }) => grown(answer, huge)],
].map(([name, body, make]) => ({
  ...inBody(name, body, (scene) => scene.socket.end(message(scene.request, scene.answer, { text: make(scene) }))),
  heavy: make.length > 0 && body === "good",
}));

const around = [
  inBody("another content type", "good", ({ socket, request, answer }) =>
    socket.end(message(request, answer, { type: "text/html" })),
  ),
  inBody("no content type", "good", ({ socket, request, answer }) =>
    socket.end(message(request, answer, { type: undefined })),
  ),
  inBody("early hints before the answer", "good", ({ socket, request, answer }) =>
    say(socket, [hints, hints, message(request, answer, {})], close),
  ),
  inBody("102 before the answer", "good", ({ socket, request, answer }) =>
    say(socket, [processing, message(request, answer, {})], close),
  ),
  {
    name: "204",
    sees: { status: 204, body: "empty" },
    act: ({ socket, request }) => socket.end(message(request, {}, { status: 204, text: "", total: 7 })),
  },
  {
    name: "204 with a body",
    sees: { status: 204, body: "empty" },
    act: ({ socket, request, answer }) =>
      say(socket, [message(request, answer, { status: 204 }), isHead(request) ? "" : "more of it"], close),
  },
  {
    // What a request without `Expect` makes of it is the platform's to say; for Node it is no answer.
    name: "100 before the answer",
    sees: { platform: true },
    act: ({ socket, request, answer }) =>
      say(socket, ["HTTP/1.1 100 Continue\r\n\r\n", message(request, answer, {})], close),
  },
];

/** These need a connection of their own that was used before: a first request is answered well, and kept open. */
const idle = [
  {
    name: "closed while idle",
    own: true,
    warm: "closed",
    sees: { body: "good" },
    act: good.act,
  },
  {
    name: "closed as the next request comes",
    own: true,
    warm: "open",
    sees: { broke: true },
    act: ({ socket }) => reset(socket),
  },
];
const unreachable = [
  { name: "connection refused", origin: "refused", sees: { unsent: true } },
  { name: "no such host", origin: "nowhere", sees: { unsent: true } },
  // What OpenSSL says of these it may say of a connection in use as well.
  { name: "TLS where none is spoken", origin: "plain", sees: { broke: true, unheard: true } },
  { name: "TLS that stalls", origin: "mute", sees: { stalls: true, unheard: true } },
  { name: "TLS without a certificate", origin: "tls", sees: { broke: true, unheard: true } },
  { name: "reset as it connects", own: true, rude: true, sees: { broke: true } },
];

const statuses = [
  400, 401, 402, 403, 404, 406, 408, 409, 410, 413, 422, 425, 429, 500, 501, 502, 503, 504, 505, 507, 520, 521, 522,
  523, 524, 525, 526, 527, 530, 544, 599,
].map((status) => refusal(status));
const pages = [404, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526].map(page);
const bare = [400, 408, 429, 500, 502, 503, 520].map((status) =>
  says(`answers ${status} with nothing`, { status, type: undefined, text: "" }),
);
const torn = [400, 503].map((status) => ({
  name: `answers ${status} with a body that breaks off`,
  sees: { status, body: "error" },
  act: (scene) => {
    const headers = isHead(scene.request) ? {} : { "content-length": "1000" };
    return say(scene.socket, [message(scene.request, scene.answer, { status, text: '{"mess', headers })], reset);
  },
}));
const redirects = [300, 301, 302, 303, 307, 308].map((status) => ({
  name: `redirects with ${status}`,
  sees: { status, body: "error" },
  act: ({ socket, request, answer, elsewhere }) =>
    socket.end(message(request, answer, { status, text: "", headers: { location: `${elsewhere}${request.path}` } })),
}));
const unchanged = says("answers 304", { status: 304, type: undefined, text: "" }, "empty");

const spent = (seconds) => ({ "x-ratelimit-limit": "120", "x-ratelimit-remaining": "0", "x-ratelimit-reset": seconds });
const throttled = "ThrottlerException: Too Many Requests";
const limit = (name, headers) =>
  says(`429 ${name}`, { status: 429, type: json, text: JSON.stringify({ message: throttled }), headers });
const waits = [
  limit("with Retry-After: 1", { "retry-after": "1" }),
  limit("with Retry-After: 0", { "retry-after": "0" }),
  limit("with X-RateLimit-Reset: 1", spent("1")),
  limit("with both", { ...spent("1"), "retry-after": "1" }),
  limit("with Retry-After that is a word", { "retry-after": "soon" }),
  limit("with Retry-After that is negative", { "retry-after": "-5" }),
  limit("with an empty Retry-After", { "retry-after": "" }),
  limit("with a date that is none", { "retry-after": "Fri, 99 Foo 2026 25:61:61 GMT" }),
  limit("with a date that is over", { "retry-after": "Wed, 01 Jan 2020 00:00:00 GMT" }),
  limit("with Retry-After of an hour", { "retry-after": "3600" }),
  limit("with Retry-After beyond all numbers", { "retry-after": "9".repeat(40) }),
  limit("with a date in the far future", { "retry-after": "Fri, 31 Dec 2100 23:59:59 GMT" }),
  limit("with X-RateLimit-Reset that is a word", spent("later")),
  limit("with X-RateLimit-Reset that is negative", spent("-1")),
  limit("with X-RateLimit-Reset of a day", spent("86400")),
  refusal(503, { "retry-after": "1" }, "503 with Retry-After: 1"),
  refusal(503, { "retry-after": "86400" }, "503 with Retry-After of a day"),
  refusal(503, { ...spent("1") }, "503 where nothing remains"),
  refusal(503, { ...spent("50"), "x-ratelimit-remaining": "7" }, "503 where something remains"),
  refusal(408, { "retry-after": "1" }, "408 with Retry-After: 1"),
];

/** All of them. Those that are `heavy` are to be met one at a time. */
export const faults = [
  ...broken,
  ...stalled,
  ...bodies,
  ...texts,
  ...around,
  ...idle,
  ...unreachable,
  ...statuses,
  ...pages,
  ...bare,
  ...torn,
  ...redirects,
  unchanged,
  ...waits,
];
