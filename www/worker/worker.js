// The page, with a login of Supabase: OAuth with PKCE. The browser holds a random name of its session, and nothing else; the
// tokens are in the session's own object (session.js), through which all calls go.
import { SupabaseManagement } from "supabase-management-wasm";
import { cookie, cookieOf, json, noCookie, redirect, sentence } from "./answers.js";
import { loginSeconds } from "./login.js";
import { loggedOut, sessionSeconds } from "./session.js";

export { Login } from "./login.js";
export { Session } from "./session.js";

// The login is asked for when another site, the API, leads the browser back here. The session never is.
const lax = { seconds: loginSeconds, site: "Lax" };
const strict = { seconds: sessionSeconds, site: "Strict" };

/** 256 random bits, as text: the name of an object, which nobody can guess. */
const newName = () => new SupabaseManagement().oauth.createState();

const objectOf = (namespace, name) => namespace.get(namespace.idFromName(name));

/** Whether a page of this origin asks. Browsers say so, and no script can change what they say. */
function isOwn(request) {
  const site = request.headers.get("sec-fetch-site");
  return site === null ? request.headers.get("origin") === new URL(request.url).origin : site === "same-origin";
}

async function login(request, env) {
  const name = newName();
  const address = await objectOf(env.LOGINS, name).begin(new URL("/callback", request.url).href);
  return redirect(address, [cookie("login", name, lax)]);
}

async function callback(request, env) {
  const { code, state, error } = Object.fromEntries(new URL(request.url).searchParams);
  const name = cookieOf(request, "login");
  const begun = name && state ? await objectOf(env.LOGINS, name).take(state) : undefined;
  const ended = noCookie("login", lax);
  if (!begun)
    return sentence(400, "This login was not begun here, or it took too long. Please begin again: /login", [ended]);
  if (error || !code) return sentence(403, "Supabase did not grant access. You can begin again: /login", [ended]);
  // A new name: one that somebody may have put into the browser before is of no use.
  const session = newName();
  try {
    await objectOf(env.SESSIONS, session).open({ code, ...begun });
  } catch (failure) {
    console.error(`the code could not be exchanged: ${failure.name}`);
    return sentence(502, "Supabase did not accept the login. You can begin again: /login", [ended]);
  }
  await closeSession(request, env);
  return redirect("/", [ended, cookie("session", session, strict)]);
}

async function closeSession(request, env) {
  const name = cookieOf(request, "session");
  if (name) await objectOf(env.SESSIONS, name).close();
}

async function logout(request, env) {
  if (!isOwn(request)) return json(403, { message: "Only this site can log you out." });
  await closeSession(request, env);
  return json(200, {}, [noCookie("session", strict)]);
}

/** Who is logged in: `null` for nobody. */
async function session(request, env) {
  const name = cookieOf(request, "session");
  const about = name && (await objectOf(env.SESSIONS, name).about());
  return json(200, about ?? null);
}

async function api(request, env) {
  const name = cookieOf(request, "session");
  return name ? objectOf(env.SESSIONS, name).fetch(request) : loggedOut();
}

const routes = {
  "GET /login": login,
  "GET /callback": callback,
  "POST /logout": logout,
  "GET /session": session,
};

export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/api/")) return api(request, env);
    const route = routes[`${request.method} ${pathname}`];
    if (route) return route(request, env);
    if (Object.keys(routes).some((one) => one.endsWith(` ${pathname}`)))
      return sentence(405, "This method is not allowed.");
    return env.ASSETS.fetch(request);
  },
};
