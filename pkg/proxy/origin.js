// Which pages may ask. A browser says where a request comes from, and no script of a page can change what it says: with
// `Sec-Fetch-Site`, and with `Origin` on all that changes something. The token that is added here must not serve another site.
import { refuse } from "./refusal.js";

const isSafe = ({ method }) => method === "GET" || method === "HEAD";

/**
 * The headers that let a page of another origin read the answer; none for a page of this one.
 * @param own the origin that the request was sent to
 * @param origins those that may ask besides
 */
export function admitted(request, own, origins) {
  const origin = request.headers.get("origin");
  if (origins.has(origin)) return corsHeaders(origin);
  const site = request.headers.get("sec-fetch-site");
  // Behind a server that ends TLS the address has another scheme than the page knows: the browser's own judgement counts.
  const same = site === "same-origin" || (site === null && origin === own);
  // An address that a person opens, and what is no browser, may read; what does not say where it comes from changes nothing.
  const unsaid = origin === null && (site === null || site === "none") && isSafe(request);
  if (!same && !unsaid) refuse(403, "the proxy answers only pages of its own origin");
  return {};
}

const corsHeaders = (origin) => ({
  "access-control-allow-origin": origin,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers":
    "Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Total-Count",
  vary: "Origin",
});

/** The method that a browser asks for before it sends a request of a page of another origin; undefined for anything else. */
export function askedMethod(request, cors) {
  const method = request.headers.get("access-control-request-method");
  return request.method === "OPTIONS" && "vary" in cors && method ? method : undefined;
}

/** The answer to that. */
export const preflightHeaders = (method) => ({
  "access-control-allow-methods": method,
  "access-control-allow-headers": "Accept, Authorization, Content-Type, Idempotency-Key",
  "access-control-max-age": "600",
});
