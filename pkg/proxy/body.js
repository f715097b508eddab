// The body of a request: of the media type that its endpoint takes, no larger than it may be, and not held in memory as a
// whole unless it is small.
import { refuse } from "./refusal.js";

/** Up to so many bytes it is sent with its length, which any server takes; what is larger is sent as it comes. */
const smallBytes = 65_536;

const json = /^application\/json *(; *charset="?utf-8"?)?$/i;
const eszip = /^application\/vnd\.denoland\.eszip$/i;
/** Media types by what the table says of a body. Forms of a page of another site have none of them but the last, and its origin tells. */
const types = {
  json: [json],
  jsonOrBytes: [json, eszip],
  multipart: [/^multipart\/form-data; *boundary=("?)[\w'()+,./:=?-]{1,70}\1$/i],
};

/** What can be refused of a body by the headers alone. Gives its media type, undefined for a body that must be empty. */
export function checkHeaders({ headers }, row, limit) {
  const length = headers.get("content-length");
  if (length !== null && (!/^\d{1,15}$/.test(length) || headers.has("transfer-encoding"))) {
    refuse(400, "the length of the body is not clear");
  }
  if (Number(length) > limit) refuse(413, tooLarge(limit));
  if (headers.has("content-encoding")) refuse(415, "the proxy passes no compressed bodies");
  const patterns = types[row.body];
  const type = patterns && (headers.get("content-type") ?? undefined);
  if (type === undefined && Number(length) > 0) refuse(415, "the endpoint takes no such body");
  if (type !== undefined && !patterns.some((pattern) => pattern.test(type))) {
    refuse(415, "the endpoint takes no body of this media type");
  }
  return type;
}

const tooLarge = (limit) => `a body has ${limit} bytes at most`;

/**
 * The body as `fetch` takes it, undefined for an empty one.
 * @param type what `checkHeaders` gave
 * @param stop ends the request, whatever the runtime makes of a stream that breaks
 */
export async function bodyOf({ body, headers, bodyUsed }, type, limit, stop) {
  if (bodyUsed) throw new Error("authorize has read the body: it must read that of request.clone()");
  if (!body) return undefined;
  if (type === undefined) return (await isEmpty(body)) ? undefined : refuse(415, "the endpoint takes no such body");
  if (Number(headers.get("content-length") ?? Infinity) > smallBytes) return counted(body, limit, stop);
  const bytes = await bytesOf(body, limit, () => refuse(413, tooLarge(limit)));
  return bytes.length > 0 ? bytes : undefined;
}

/** Without the chunk that shows that it is not. */
async function isEmpty(body) {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    if (value.length === 0) continue;
    reader.cancel().catch(() => {});
    return false;
  }
}

/** All bytes of a stream. `over` says what happens where there are more than the limit. */
export async function bytesOf(stream, limit, over) {
  const chunks = [];
  const reader = stream.getReader();
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    length += value.length;
    if (length > limit) {
      reader.cancel().catch(() => {});
      return over();
    }
    chunks.push(value);
  }
}

/** The same stream, which breaks where it gets too long: a server must not take its beginning for the whole. */
function counted(stream, limit, stop) {
  let length = 0;
  const transform = (chunk, controller) => {
    length += chunk.length;
    if (length <= limit) return controller.enqueue(chunk);
    stop(413, tooLarge(limit));
    controller.error(new Error(tooLarge(limit)));
  };
  return stream.pipeThrough(new TransformStream({ transform }));
}
