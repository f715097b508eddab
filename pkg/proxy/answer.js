// What of an answer reaches the page: the status, the few headers that the client reads, and the body, without what is secret.
import { bytesOf } from "./body.js";
import { Refusal, refuse } from "./refusal.js";

const passing = ["retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-total-count"];

/** Numbers and dates: whatever else stood in such a header would be of no use to the client. */
const isPlain = /^(\d{1,15}|\w{3}, [\w :]{24})$/;

/** Media types that a page cannot be made to run, without what may come behind them. Any other is bytes. */
const harmless =
  /^(application\/(json|octet-stream|vnd\.denoland\.eszip)|text\/plain)\b|^multipart\/form-data; *boundary=[\w"'.-]+$/i;

/** The members of an error of the API that the client reads. */
const told = [
  "message",
  "msg",
  "error",
  "error_description",
  "error_code",
  "code",
  "errors",
  "issues",
  "detail",
  "title",
];

/** Bytes of an answer that is read as a whole, since something is taken out of it. */
const mostBytes = 16_777_216;

/** What an application answers by itself is its own, but who gets it has been looked at: nobody may keep it for others. */
export const unkept = { "cache-control": "no-store" };

/** On all other answers. The page's own origin serves them, so nothing in them may be run, kept, or read by another site. */
export const guarded = {
  ...unkept,
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
};

/** An answer with the headers that it must have. */
export function finished({ status, body, headers: given }, more) {
  const headers = new Headers(more);
  for (const [name, value] of given) name === "set-cookie" ? headers.append(name, value) : headers.set(name, value);
  return new Response(body, { status, headers });
}

/**
 * The answer to the page.
 * @param names of fields that are taken out, wherever they stand
 * @param token which no server's words may bring to the page
 */
export async function answerOf(response, names, token) {
  const { status } = response;
  const headers = headersOf(response);
  if (status < 200 || (status > 299 && status < 400))
    refuse(502, "the API answered with a redirect, which is not followed");
  if (status === 401) refuse(500, "the API did not accept the proxy's access token", { cause: statusError(401) });
  if (status >= 400) return Response.json(await errorOf(response, names, token), { status, headers });
  if (!response.body || status === 204 || status === 205) return new Response(null, { status, headers });
  const type = response.headers.get("content-type") ?? "";
  headers["content-type"] = harmless.exec(type)?.[0] ?? "application/octet-stream";
  if (names.size === 0) return new Response(response.body, { status, headers });
  const unreadable = () => refuse(502, "the answer of the API cannot be read");
  const value = await jsonOf(response.body, names, unreadable).catch((cause) => {
    throw cause instanceof Refusal ? cause : new Refusal(502, "the answer of the API cannot be read", { cause });
  });
  return Response.json(value, { status, headers: { ...headers, "content-type": "application/json" } });
}

function headersOf({ headers }) {
  const found = passing.map((name) => [name, headers.get(name)]);
  return Object.fromEntries(found.filter(([, value]) => value !== null && isPlain.test(value)));
}

/** JSON without the fields of these names. */
async function jsonOf(body, names, over) {
  const text = new TextDecoder().decode(await bytesOf(body, mostBytes, over));
  return JSON.parse(text, (key, value) => (names.has(key) ? undefined : value));
}

const statusError = (status) => new Error(`the API answered ${status}`);

/** What the API says of a request that is wrong is for the page; what it says of itself when it fails is not. */
async function errorOf({ status, body }, names, token) {
  const silent = { message: status < 500 ? "the API refused the request" : "the API failed" };
  if (status >= 500 || !body) return silent;
  try {
    const found = await jsonOf(body, names, () => refuse(502, "the error is too long"));
    const picked = Object.fromEntries(
      told.filter((name) => Object(found)[name] !== undefined).map((name) => [name, found[name]]),
    );
    if (Object.keys(picked).length === 0) return silent;
    return JSON.parse(JSON.stringify(picked).replaceAll(token, "[redacted]"));
  } catch {
    return silent;
  }
}
