// What a proxy takes and what it refuses.
import { createProxy, type ProxyEndpoint, type ProxyPattern, type ProxyTarget } from "../../pkg/proxy.js";

const authorize = (request: Request, { ref, path: { ref: given }, query: { limit } }: ProxyTarget) =>
  request.headers.has("cookie") && ref === given && limit === undefined;

const proxy: (request: Request) => Promise<Response> = createProxy({
  accessToken: async (request, { endpoint }) => `${request.headers.get("x-token")}${endpoint}`,
  allow: ["projects.list", "functions.*", "v2.branches.create", "v2.branches.*", "v2.*"],
  authorize,
  expose: { "apiKeys.list": ["api_key"] },
  hide: { "projects.list": ["database"] },
  onError: (error, { endpoint, status }) => console.error(error, endpoint, status.toFixed()),
});
await proxy(new Request("https://panel.example/api/v1/projects"));

const pattern: ProxyPattern = "secrets.*";
const endpoint: ProxyEndpoint = "database.query";
createProxy({ allow: [pattern, endpoint], authorize: async () => new Response(null, { status: 401 }) });

// @ts-expect-error: there is no such endpoint
createProxy({ allow: ["functions.lst"], authorize });
// @ts-expect-error: there is no pattern for everything
createProxy({ allow: ["*"], authorize });
// @ts-expect-error: OAuth is not for pages
createProxy({ allow: ["oauth.token"], authorize });
// @ts-expect-error: a method that waits is no endpoint
createProxy({ allow: ["projects.waitUntilHealthy"], authorize });
// @ts-expect-error: nobody would be asked
createProxy({ allow: ["projects.list"] });
// @ts-expect-error: a session is no verdict
createProxy({ allow: ["projects.list"], authorize: () => ({ user: "alice" }) });
// @ts-expect-error: an option that there is not
createProxy({ allow: ["projects.list"], authorize, alow: [] });
// @ts-expect-error: of no endpoint
createProxy({ allow: ["projects.list"], authorize, expose: { "apiKeys.lst": ["api_key"] } });
