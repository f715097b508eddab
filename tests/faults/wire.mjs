// HTTP/1.1 as far as a request of `fetch` needs it, read from a bare socket.

/** Calls `take({ method, path, headers, body })` for every request that comes through a socket, one after the other. */
export function conversation(socket, take) {
  let buffer = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf("\r\n\r\n");
      if (end < 0) return;
      const request = headOfRequest(buffer.subarray(0, end).toString("latin1"));
      const body = bodyOfRequest(request.headers, buffer.subarray(end + 4));
      if (!body) return;
      buffer = buffer.subarray(end + 4 + body.read);
      take({ ...request, body: body.bytes });
    }
  });
}

function headOfRequest(text) {
  const [first, ...lines] = text.split("\r\n");
  const [method, path] = first.split(" ");
  const headers = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { method, path, headers };
}

/** The body and how many bytes it took; undefined where it is not all there. */
function bodyOfRequest(headers, rest) {
  if (headers["transfer-encoding"] !== "chunked") {
    const length = Number(headers["content-length"] ?? 0);
    return rest.length < length ? undefined : { bytes: Buffer.from(rest.subarray(0, length)), read: length };
  }
  const chunks = [];
  for (let at = 0; ; ) {
    const end = rest.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const size = Number.parseInt(rest.subarray(at, end).toString(), 16);
    const next = end + 2 + size + 2;
    if (rest.length < next) return undefined;
    if (size === 0) return { bytes: Buffer.concat(chunks), read: next };
    chunks.push(rest.subarray(end + 2, end + 2 + size));
    at = next;
  }
}
