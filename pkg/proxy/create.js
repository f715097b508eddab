// A request of a page on its way: who asks, for which endpoint, whether that is allowed, and what comes back. The client in
// the page retries and waits; here each request is sent once, at once.
import { handleOf } from "../client.js";
import { answerOf, finished, guarded, unkept } from "./answer.js";
import { bodyOf, checkHeaders } from "./body.js";
import { allowedRows, checkedOptions, checkedOrigins, hiddenFields, wrong } from "./options.js";
import { admitted, askedMethod, preflightHeaders } from "./origin.js";
import { Refusal, refuse } from "./refusal.js";
import { defineTarget, passable } from "./target.js";
import { timeOf } from "./time.js";

/** The function `createProxy` of an entry, whose class of clients it uses. */
export const defineProxy = (Client) =>
  function createProxy(given) {
    const [own, ofClient] = checkedOptions(given);
    const client = handleOf(new Client(ofClient));
    const { accessToken, baseUrl, timeoutMs = 60_000, fetch } = client.options;
    if (accessToken === undefined) throw wrong(".accessToken", "string or function", "nothing");
    if (/^\s*\//.test(baseUrl)) throw wrong(".baseUrl", "a URL, as a server has no origin of its own", "a path");
    const rows = passable(client.runtime);
    const allowed = allowedRows(own.allow, rows);
    const hidden = hiddenFields(own, rows);
    const origins = checkedOrigins(own.origins);
    const { prefix = "", maxBodyBytes = 10_485_760, authorize, onError } = own;
    const { rowOf, targetOf } = defineTarget(client, rows);

    /** The endpoint of a method and a path, if it is allowed. */
    function allowedRow(method, url) {
      const path = url.pathname.slice(prefix.length);
      const row = url.pathname.startsWith(`${prefix}/`) ? rowOf(method, path) : undefined;
      if (!row) refuse(404, "the proxy knows no such endpoint");
      // Not 403, to which the client would add which permission the token lacks.
      if (!allowed.has(row.id)) refuse(404, `the proxy does not allow ${row.id}`);
      return [row, path];
    }

    async function tokenFor(request, about, refused) {
      if (typeof accessToken === "string") return accessToken.trim();
      const given = await (refused === undefined ? accessToken(request, about) : accessToken.refresh(refused));
      if (typeof given === "string" && /^[!-~]+$/.test(given.trim())) return given.trim();
      throw new Error("accessToken gave no token: a string of visible ASCII characters without white space inside");
    }

    /** What the API answers. A token that a source can renew is renewed once, as the client would do it. */
    async function send(request, row, { url, about, type, time }) {
      const body = await time.guard(bodyOf(request, type, maxBodyBytes, time.stop));
      const isStream = body instanceof ReadableStream;
      for (let token = await time.guard(tokenFor(request, about)), isFresh = false; ; isFresh = true) {
        const headers = { ...passedHeaders(request, body && type), authorization: `Bearer ${token}` };
        const { signal } = time;
        const init = {
          method: row.verb,
          headers,
          body,
          signal,
          redirect: "manual",
          ...(isStream && { duplex: "half" }),
        };
        const response = await time.guard(unlessLost(() => (fetch ?? globalThis.fetch)(url, init)));
        const renews = response.status === 401 && typeof accessToken.refresh === "function" && !isStream && !isFresh;
        const renewed = renews ? await time.guard(tokenFor(request, about, token)) : token;
        if (renewed === token) return [response, token];
        response.body?.cancel().catch(() => {});
        token = renewed;
      }
    }

    /** The answer, and the headers that it gets where it has none of that name. */
    async function answer(request, url, about, time) {
      if (request.url.length > 16_384) refuse(414, "the address is too long");
      const [row, path] = allowedRow(request.method, url);
      about.endpoint = row.id;
      const target = targetOf(row, path, url.search);
      Object.assign(about, { ref: target.path.ref, path: target.path, query: target.query });
      const type = checkHeaders(request, row, maxBodyBytes);
      const verdict = await time.guard((async () => authorize(request, { ...about }))());
      if (verdict instanceof Response) return [verdict, unkept];
      if (verdict !== true) refuse(403, "the proxy refused: you may not do that");
      const [response, token] = await send(request, row, { url: target.url, about: { ...about }, type, time });
      return [await time.guard(answerOf(response, hidden.get(row.id), token)), guarded];
    }

    return async function proxy(request) {
      const about = {};
      let cors = {};
      let time;
      try {
        const url = new URL(request.url);
        cors = admitted(request, url.origin, origins);
        const asked = askedMethod(request, cors);
        if (asked !== undefined) {
          allowedRow(asked, url);
          return finished(new Response(null, { status: 204, headers: preflightHeaders(asked) }), {
            ...guarded,
            ...cors,
          });
        }
        time = timeOf(timeoutMs, request.signal);
        const [response, headers] = await answer(request, url, about, time);
        return finished(response, { ...headers, ...cors });
      } catch (error) {
        const refusal = error instanceof Refusal ? error : new Refusal(500, "the proxy failed", { cause: error });
        if (refusal.cause !== undefined || refusal.status === 504) tell(onError, refusal, request, about);
        return finished(refusal.response(), { ...guarded, ...cors });
      } finally {
        time?.end();
      }
    };
  };

/** The headers that a request may have beside the token. What else a page sends, cookies first of all, is not the API's. */
function passedHeaders({ headers }, type) {
  const found = { accept: headers.get("accept"), "idempotency-key": headers.get("idempotency-key") };
  const passing = Object.entries(found).filter(([, value]) => value !== null && /^[!-~ ]{1,255}$/.test(value));
  return { ...Object.fromEntries(passing), ...(type && { "content-type": type }) };
}

async function unlessLost(send) {
  try {
    return await send();
  } catch (cause) {
    throw new Refusal(502, "the API cannot be reached", { cause });
  }
}

/** Tells whoever runs the proxy. What goes wrong there is no matter of the page. */
function tell(onError, refusal, request, { endpoint }) {
  try {
    onError?.(refusal.cause ?? new Error(refusal.message), { request, endpoint, status: refusal.status });
  } catch {
    // A hook that throws changes nothing.
  }
}
