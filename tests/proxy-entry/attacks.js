// Requests that a proxy must refuse, each for a reason of its own. The page's session is alice's, and what she may do is
// `allow`: everything here goes past one or the other, or would be read by some server as something that does.
import { chunks, ofPage, otherRef, prefix, ref } from "./setup.js";

export const allow = [
  "projects.list",
  "projects.get",
  "functions.*",
  "apiKeys.get",
  "branches.get",
  "actionRuns.list",
  "actionRuns.get",
  "secrets.create",
  "secrets.delete",
];
export const partner = "https://partner.example";

const project = `${prefix}/v1/projects/${ref}`;
const at = (name, path, init) => ({ name: `${name}: ${path}`, path, init });
const ways = (name, paths) => paths.map((path) => at(name, path));
const json = { "content-type": "application/json" };
const secrets = (name, headers, body = `[{"name":"A","value":"b"}]`, more = {}) => ({
  name: `body: ${name}`,
  path: `${project}/secrets`,
  init: { method: "POST", headers, body, ...more },
});
/** A request with the headers of another place, in the stead of the page's own. */
const from = (name, headers, method = "GET") => ({
  name: `origin: ${method} ${name}`,
  path: method === "GET" ? `${project}` : `${project}/functions/hello`,
  init: { method, headers: { ...headers, cookie: ofPage.cookie } },
  bare: true,
});

const others = [
  at("another endpoint", `${prefix}/v1/organizations`),
  at("another endpoint", `${prefix}/v1/profile`),
  at("another endpoint", `${prefix}/v1/snippets`),
  at("another endpoint", `${project}`, { method: "DELETE" }),
  at("another endpoint", `${project}/pause`, { method: "POST" }),
  at("another endpoint", `${project}/api-keys`),
  at("another endpoint", `${project}/api-keys/legacy`),
  at("another endpoint", `${project}/config/auth`),
  at("another endpoint", `${project}/pgsodium`),
  at("another endpoint", `${project}/secrets`),
  at("another endpoint", `${project}/branches`),
  at("another endpoint", `${prefix}/v2/projects/${ref}/config`),
  at("another endpoint", `${project}/database/query`, { method: "POST", headers: json, body: `{"query":"select 1"}` }),
  at("OAuth", `${prefix}/v1/oauth/authorize?client_id=a&response_type=code&redirect_uri=https%3A%2F%2Fevil.example`),
  at("OAuth", `${prefix}/v1/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "refresh_token" }),
  }),
  at("OAuth", `${prefix}/v1/oauth/revoke`, { method: "POST", headers: json, body: "{}" }),
  at("no endpoint", `${prefix}/v1/projects/${ref}/nothing`),
  at("no endpoint", `${prefix}/v3/projects`),
  at("no endpoint", `${prefix}/platform/projects`),
  at("no endpoint", `${prefix}/_sandbox/state`),
];

const encoded = ways("encoding", [
  `${project}/api-keys/%6cegacy`,
  `${project}/api-keys/legac%79`,
  `${project}/%61pi-keys`,
  `${project}/functions/..%2fapi-keys`,
  `${project}/functions/..%2Fapi-keys`,
  `${project}/functions/..%5capi-keys`,
  `${project}/functions/%252e%252e%252fapi-keys`,
  `${project}/functions/hello%2f..%2f..%2fapi-keys`,
  `${project}/functions/hello%00`,
  `${project}/functions/hello%0d%0aX-Evil:%201`,
  `${project}/functions/hello%20HTTP/1.1`,
  `${project}/functions/hello;v=1`,
  `${project};a=b/functions`,
  `${project}/functions/hello%3bv=1`,
  `${project}/functions/hello%3f`,
  `${project}/functions/hello%23`,
  `${project}/functions/%c0%ae%c0%ae%c0%afapi-keys`,
  `${project}/functions/%u002e%u002e`,
  `${project}/functions/%EF%BC%8E%EF%BC%8E`,
  `${project}/functions/%`,
  `${project}/functions/%zz`,
  `${project}/functions/%ff`,
  `${project}/functions/h%65llo`,
  `${prefix}/%761/projects`,
  `${prefix}/v1/%70rojects`,
  `${prefix}/v1%2fprojects`,
  `${prefix}%2fv1/projects`,
  `${prefix}/v1/projects/${ref}%2fapi-keys`,
  `${prefix}/v1/projects/${ref}%2Ffunctions`,
  `${project}/actions/6f1ed7b4-6a0e-4f7c-8c39-6b6d8b1a2c3d%2Flogs`,
  `${project}/actions/logs%2Flogs`,
  `${project}/branches/..%2Fapi-keys`,
  `${project}/branches/a%2F..%2F..%2Fapi-keys`,
  `${project}/branches/a%2F%2Fb`,
  `${project}/branches/%2Fa`,
  `${project}/branches/a%2F`,
  `${project}/branches/a%252Fb`,
  `${project}/branches/a%5Cb`,
  `${project}/branches/a%3Bb`,
  `${project}/branches/a%3Fb`,
  `${project}/branches/a%0Ab`,
  `${project}/branches/a%7Fb`,
  `${project}/branches/feature%2flogin`,
  `${project}/branches/lo%67in`,
]);

const shapes = [
  ...ways("a way up", [
    `${prefix}/v1/projects/../organizations`,
    `${project}/functions/../../../organizations`,
    `${project}/functions/%2e%2e/%2e%2e/%2e%2e/organizations`,
    `${project}/functions/.%2e/api-keys`,
    `${project}/functions\\..\\api-keys`,
    `${prefix}/../../v1/projects`,
    `${prefix}/v1/projects/..`,
  ]),
  ...ways("slashes", [
    `/${prefix}/v1/projects`,
    `${prefix}//v1/projects`,
    `${prefix}/v1//projects`,
    `${prefix}/v1/projects/`,
    `${prefix}/v1/projects//`,
    `${project}//functions`,
    `${project}/functions/`,
  ]),
  ...ways("an address in the path", [
    `${prefix}/https://api.supabase.com/v1/projects`,
    `${prefix}/https:%2f%2fapi.supabase.com/v1/projects`,
    `${prefix}/@evil.example/v1/projects`,
    `${prefix}@evil.example/v1/projects`,
    `${prefix}:443/v1/projects`,
  ]),
  ...ways("prefix", [
    "/v1/projects",
    `${prefix}`,
    `${prefix}/`,
    `${prefix}s/v1/projects`,
    "/API/Supabase/v1/projects",
    `/other${prefix}/v1/projects`,
    `${prefix}${prefix}/v1/projects`,
  ]),
  ...ways("no project", [
    `${prefix}/v1/projects/${ref.toUpperCase()}`,
    `${prefix}/v1/projects/${ref.slice(1)}`,
    `${prefix}/v1/projects/${ref}a`,
    `${prefix}/v1/projects/${ref}/functions/a.b`,
    `${prefix}/v1/projects/${ref.slice(0, 19)}\u0430`,
    `${prefix}/v1/projects/*`,
  ]),
  { name: "a long address", path: `${project}/functions/${"a".repeat(17_000)}` },
  { name: "a long query", path: `${project}/actions?${Array.from({ length: 60 }, (_, at) => `p${at}=1`).join("&")}` },
];

const methods = [
  ["HEAD", `${project}`],
  ["PUT", `${project}`],
  ["POST", `${prefix}/v1/projects`],
  ["OPTIONS", `${project}`],
  ["patch", `${project}/functions/hello`],
  ["PROPFIND", `${project}`],
  ["GETX", `${project}`],
  ["LOCK", `${project}/functions`],
].map(([method, path]) => ({ name: `method ${method} ${path}`, path, init: { method } }));
// What some servers take for another method: the proxy judges by the true one, which is not allowed here.
const overrides = ["x-http-method-override", "x-http-method", "x-method-override"].map((name) => ({
  name: `method by ${name}`,
  path: `${project}/pause`,
  init: { method: "POST", headers: { [name]: "GET" } },
}));

const queries = [
  `${prefix}/v1/projects?access_token=sbp_0`,
  `${prefix}/v1/projects?apikey=a`,
  `${prefix}/v1/projects?a=b`,
  `${project}/functions?_method=DELETE`,
  `${project}/functions?callback=evil`,
  `${project}/actions?token=sbp_0`,
  `${project}/actions?limit=many`,
  `${project}/actions?limit=10&limit=20`,
  `${project}/actions?limit[]=10`,
  `${project}/actions?limit[a]=10`,
  `${project}/actions?limit=0x10`,
  `${project}/actions?limit=10;offset=2`,
  `${project}/actions?limit=10%26offset=2`,
  `${project}/actions?__proto__=10`,
  `${project}/actions?__proto__[limit]=10`,
  `${project}/actions?constructor[prototype]=1`,
  `${project}/actions?limit=10&limit[a]=10`,
  `${project}/actions?limit=10&limit=20&limit[a]=10`,
  `${project}/actions?limit[a]=10&limit=10`,
  `${project}/actions?LIMIT=10`,
  `${project}/actions?limit=`,
].map((path) => at("query", path));

const elsewhere = [
  from("says that it is cross-site", { "sec-fetch-site": "cross-site" }),
  from("says that it is same-site", { "sec-fetch-site": "same-site" }),
  from("says something that no browser says", { "sec-fetch-site": "same-origin, cross-site" }),
  from("of another origin", { origin: "https://evil.example" }),
  from("of a scheme that is not ours", { origin: "http://panel.example" }),
  from("of another port", { origin: "https://panel.example:8443" }),
  from("of an origin that begins like ours", { origin: "https://panel.example.evil.example" }),
  from("of an origin that ends like ours", { origin: "https://evilpanel.example" }),
  from("of a subdomain", { origin: "https://a.panel.example" }),
  from("of the origin null", { origin: "null" }),
  from("of the origin null, cross-site", { origin: "null", "sec-fetch-site": "cross-site" }),
  from("of an origin in capitals", { origin: "HTTPS://PANEL.EXAMPLE" }),
  from("of an origin with a path", { origin: "https://panel.example/" }),
  from("of two origins", { origin: "https://panel.example, https://evil.example" }),
  from("of somebody who looks like the partner", { origin: `${partner}.evil.example` }),
  from("without a word of where it is from", {}, "DELETE"),
  from("that a person opened", { "sec-fetch-site": "none" }, "DELETE"),
  from("cross-site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }, "DELETE"),
  from("same-site", { "sec-fetch-site": "same-site", origin: "https://a.panel.example" }, "DELETE"),
  from("of another origin", { origin: "https://evil.example" }, "DELETE"),
  from("of the origin null", { origin: "null" }, "DELETE"),
  from("with a Referer alone", { referer: "https://panel.example/" }, "DELETE"),
  ...[
    [{ origin: "https://evil.example", "access-control-request-method": "GET" }, "from elsewhere"],
    [{ origin: "null", "access-control-request-method": "GET" }, "from nowhere"],
    [{ "access-control-request-method": "GET" }, "without an origin"],
    [{ origin: partner, "access-control-request-method": "PATCH" }, "of a partner, for what is not allowed"],
    [{ origin: partner, "access-control-request-method": "get" }, "of a partner, for no method"],
    [{ origin: partner }, "of a partner, for nothing"],
  ].map(([headers, name]) => ({ ...from(`preflight ${name}`, headers, "OPTIONS"), path: project })),
];

const mebibyte = "a".repeat(1_048_577);
const bodies = [
  secrets("JSON as text", { "content-type": "text/plain" }),
  secrets("JSON as a form", { "content-type": "application/x-www-form-urlencoded" }),
  secrets("JSON as XML", { "content-type": "application/xml" }),
  secrets("JSON in another charset", { "content-type": "application/json; charset=utf-16" }),
  secrets("JSON with something behind its type", { "content-type": "application/json, text/plain" }),
  secrets("files where JSON belongs", {}, new FormData()),
  secrets("bytes without a type", {}, new Uint8Array([123, 125])),
  secrets("compressed", { ...json, "content-encoding": "gzip" }),
  secrets("too large", json, mebibyte),
  secrets("said to be too large", { ...json, "content-length": "99999999999" }),
  secrets("of a negative length", { ...json, "content-length": "-1" }),
  secrets("of two lengths", { ...json, "content-length": "5, 6" }),
  secrets("of a length in hexadecimal", { ...json, "content-length": "0x10" }),
  secrets("with a length and in chunks", { ...json, "content-length": "5", "transfer-encoding": "chunked" }),
  secrets("too large, in chunks", json, () => chunks(1025), { duplex: "half" }),
  secrets("short, by its length, and too large", { ...json, "content-length": "2" }, mebibyte),
  {
    name: "body: files without a boundary",
    path: `${project}/functions/deploy?slug=hello`,
    init: { method: "POST", headers: { "content-type": "multipart/form-data" }, body: "a" },
  },
  {
    name: "body: a boundary that is none",
    path: `${project}/functions/deploy?slug=hello`,
    init: { method: "POST", headers: { "content-type": 'multipart/form-data; boundary="a"; b="c"' }, body: "a" },
  },
  {
    name: "body: one where none belongs",
    path: `${project}/functions/hello`,
    init: { method: "DELETE", body: "{}" },
  },
];

const session = (name, cookie, path) => ({ name: `session: ${name}`, path, init: { headers: { cookie } } });
const people = [
  session("none", "", project),
  session("of nobody", "session=mallory", project),
  session("by the name of a method", "session=constructor", project),
  session("for another project", "session=bob", project),
  session("for a project of somebody else", "session=alice", `${prefix}/v1/projects/${otherRef}`),
  session("for a function of somebody else", "session=alice", `${prefix}/v1/projects/${otherRef}/functions/hello`),
  session("and two projects in a path", "session=alice", `${prefix}/v1/projects/${ref}/../${otherRef}`),
];

export const attacks = [
  ...others,
  ...encoded,
  ...shapes,
  ...methods,
  ...overrides,
  ...queries,
  ...elsewhere,
  ...bodies,
  ...people,
];
