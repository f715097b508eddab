// Who may control a sandbox that is a server: programs of this machine. A page of the web that somebody looks at here is none of
// them, although its requests come from here: it is told by its Origin, or by the name that it has for this machine (DNS rebinding).

const loopback = /^(localhost|[a-z0-9-]+\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/i;
const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;

function nameOf(address) {
  try {
    return new URL(address).hostname;
  } catch {
    return "";
  }
}

/** Whether a target is about the sandbox itself, however it is written. */
export function isControl(target) {
  return new URL(`http://localhost/${target.replace(/^\/+/, "")}`).pathname.startsWith("/_sandbox");
}

/** Why a request to a server must not control the sandbox; undefined if it may. */
export function objection({ headers, socket }) {
  const { host = "", origin } = headers;
  if (!loopbackAddress.test(socket.remoteAddress ?? "")) return "/_sandbox is for programs of this machine";
  if (!loopback.test(nameOf(`http://${host}`))) return "/_sandbox is at localhost, not at another name";
  const isForeign = origin !== undefined && !loopback.test(nameOf(origin));
  if (isForeign || headers["sec-fetch-site"] === "cross-site") return "/_sandbox is not for pages of other origins";
  return undefined;
}
