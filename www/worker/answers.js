// Answers of the Worker itself, and the cookies that come with them.

const headers = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export const json = (status, body, cookies = []) => withCookies(Response.json(body, { status, headers }), cookies);

export const redirect = (location, cookies = []) =>
  withCookies(new Response(null, { status: 303, headers: { ...headers, location } }), cookies);

/** A sentence for a person, who came here by a link. */
export const sentence = (status, text, cookies = []) =>
  withCookies(
    new Response(`${text}\n`, { status, headers: { ...headers, "content-type": "text/plain; charset=utf-8" } }),
    cookies,
  );

function withCookies(response, cookies) {
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

/**
 * A cookie that no script can read. With `__Host-` in its name, the browser takes it only over https and for this host alone,
 * so that no neighbour under the same domain can set it.
 * @param site `Lax` where it must come along when another site leads back here, else `Strict`
 */
export const cookie = (name, value, { seconds, site }) =>
  `__Host-${name}=${value}; Path=/; Max-Age=${seconds}; Secure; HttpOnly; SameSite=${site}`;

export const noCookie = (name, { site }) => cookie(name, "", { seconds: 0, site });

/** The value of such a cookie, if it is one that this Worker makes; undefined otherwise. */
export function cookieOf(request, name) {
  const [, value] =
    new RegExp(`(?:^|; )__Host-${name}=([\\w-]{43})(?:;|$)`).exec(request.headers.get("cookie") ?? "") ?? [];
  return value;
}
