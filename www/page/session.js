// The login of the page, where it is served by its Worker (www/worker). Anywhere else there is none.

/** Whether this page has a login: the Worker's document says so. */
export const hasLogin = document.querySelector('meta[name="login"]') !== null;

/** Where the login begins. The browser goes there: it is no call. */
export const loginAddress = "/login";

/** Who is logged in, as `{ user }` with an email address that may be missing; undefined for nobody. */
export async function readSession() {
  if (!hasLogin) return undefined;
  const response = await fetch("/session");
  return response.ok ? ((await response.json()) ?? undefined) : undefined;
}

/** Ends the session and revokes its tokens. The page then begins anew, with nothing of the account left in it. */
export async function logOut() {
  const response = await fetch("/logout", { method: "POST" });
  if (!response.ok) throw new Error(`You are still logged in: the server answered ${response.status}.`);
  location.replace("/");
}
