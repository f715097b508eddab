// What of a request the sandbox looks at, of anything that `fetch` takes.

export const names = ["authorization", "content-type", "accept", "idempotency-key"];
const encoder = new TextEncoder();
const nothing = new Uint8Array();

/** Method, origin, target (path and query), the headers of those names, and the body as bytes; or a promise of them. */
export function partsOf(input, init = {}) {
  const { method = "GET", headers, body } = init;
  // The common case without a Request, which costs as much as the answer itself.
  const isSimple =
    !(input instanceof Request) &&
    /^(GET|HEAD|POST|PUT|PATCH|DELETE)$/.test(method) &&
    (body == null ? true : isPlain(body) && !/^(GET|HEAD)$/.test(method));
  if (!isSimple) return partsOfRequest(input, init);
  const found = headersOf(new Headers(headers));
  if (typeof body === "string") found[1] ??= "text/plain;charset=UTF-8";
  return { method, ...placeOf(input), headers: found, body: bytesOf(body) };
}

async function partsOfRequest(input, init) {
  // The signal stays out: a request would go on listening to it.
  const address = input instanceof Request ? input : new URL(input, "http://localhost");
  const request = new Request(address, { ...init, signal: null });
  const body = new Uint8Array(await request.arrayBuffer());
  return { method: request.method, ...placeOf(request.url), headers: headersOf(request.headers), body };
}

const isPlain = (body) => typeof body === "string" || body instanceof ArrayBuffer || ArrayBuffer.isView(body);

function bytesOf(body) {
  if (body == null) return nothing;
  if (typeof body === "string") return encoder.encode(body);
  return ArrayBuffer.isView(body)
    ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
    : new Uint8Array(body);
}

const headersOf = (headers) => names.map((name) => headers.get(name) ?? undefined);

function placeOf(address) {
  const { origin, pathname, search } = new URL(address, "http://localhost");
  return { origin, target: pathname + search };
}
