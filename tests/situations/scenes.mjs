// The situations that make sense for every client. Each is staged anew for each client.
import { deployed, newProject, project, ref } from "../support.js";
import { shows } from "./observe.mjs";
import { breakOff, drop, empty, json, limited, page, redirect, silence, text, throttled } from "./stage.mjs";

const projects = json([project]);
const created = json(project, 201);
const list = (api) => api.list();
const create = (api) => api.create(newProject);

/** Where the description wants another project than this one, `change` says how. */
const projectWith = (change) => json([{ ...project, ...change }]);

const reason = "name: Invalid input: expected string, received number";
const permission = "edge_functions_secrets_read";
const forbidden = {
  message: "Your account does not have the necessary privileges to access this endpoint.",
  missing_permissions: [permission],
};
const overloaded = "Resources exceeded during query execution";

/**
 * `name` is what the table calls it; `call` gets the calls of a client (see clients/); `answers` are given in turn, or
 * made for the address of `elsewhere`, a second server that takes everything; `refused`: there is no server. `quiet`:
 * milliseconds count, or it keeps the machine busy. `also` tells more of what was seen. The rest is what the judge has to know (see observe.mjs).
 */
export const scenes = {
  throttledGet: {
    name: "429, `X-RateLimit-Reset: 1`; then fine (GET)",
    call: list,
    answers: [limited(1), projects],
    wants: "array",
    status: 429,
    says: throttled,
    waitSeconds: 1,
  },
  throttledPost: {
    name: "the same (POST)",
    call: create,
    answers: [limited(1), created],
    wants: "object",
    status: 429,
    says: throttled,
    waitSeconds: 1,
  },
  pageGet: {
    name: "502 with an HTML page; then fine (GET)",
    call: list,
    answers: [page(502), projects],
    wants: "array",
    status: 502,
  },
  pagePost: {
    name: "the same (POST)",
    call: create,
    answers: [page(502), created],
    wants: "object",
    status: 502,
  },
  dropGet: {
    name: "connection breaks once the request arrived; then fine (GET)",
    call: list,
    answers: [drop, projects],
    wants: "array",
  },
  dropPost: {
    name: "the same (POST)",
    call: create,
    answers: [drop, created],
    wants: "object",
  },
  breakOff: {
    name: "connection breaks in the middle of the answer; then fine (GET)",
    call: list,
    answers: [breakOff, projects],
    wants: "array",
  },
  refused: { name: "connection refused (GET)", call: list, refused: true, wants: "array" },
  silent: {
    name: "no answer, ever (GET)",
    call: list,
    answers: [silence],
    wants: "array",
    options: { timeoutMs: 500 },
    quiet: true,
  },
  truncated: {
    name: "200 with JSON that is cut off",
    call: list,
    answers: [text('[{"id":"a')],
    wants: "array",
    status: 200,
  },
  wrongKind: {
    name: "200 with an object where a list is promised",
    call: list,
    answers: [json({ projects: [] })],
    wants: "array",
    status: 200,
  },
  emptyBody: {
    name: "200 without a body where a list is promised",
    call: list,
    answers: [empty()],
    wants: "array",
    status: 200,
  },
  newEnum: {
    name: "an enum value that is new",
    call: list,
    answers: [projectWith({ status: "HIBERNATING" })],
    wants: "array",
  },
  newField: {
    name: "a field that is new",
    call: list,
    answers: [projectWith({ tier: "nano" })],
    wants: "array",
    also: ({ ended: { value } }) => (value?.[0].tier ? [] : ["without the field"]),
  },
  nullField: {
    name: "`null` in an optional field",
    call: (api) => api.functions(ref),
    answers: [json([{ ...deployed, verify_jwt: null }])],
    wants: "array",
  },
  missingField: {
    name: "a required field is missing",
    call: list,
    answers: [projectWith({ database: undefined })],
    wants: "array",
  },
  wrongBody: {
    name: "a required field of the body was forgotten",
    call: (api) => api.create({ name: "blog", organization_slug: "acme" }),
    answers: [json({ message: "db_pass: Invalid input: expected string, received undefined" }, 400)],
    wants: "object",
    status: 400,
    says: "db_pass",
  },
  validation: {
    name: "400, the body says which field is wrong",
    call: create,
    answers: [json({ message: reason }, 400)],
    wants: "object",
    status: 400,
    says: reason,
  },
  forbidden: {
    name: "403, the body names the missing permission",
    call: (api) => api.secrets(ref),
    answers: [json(forbidden, 403)],
    wants: "array",
    status: 403,
    says: permission,
  },
  unreadable: {
    name: "PATCH succeeds, its answer cannot be read",
    call: (api) => api.update(ref, { name: "blog" }),
    answers: [text('{"id":')],
    wants: "object",
    status: 200,
  },
  logsError: {
    name: "logs: 200 with an `error` inside",
    call: (api) => api.logs(ref),
    answers: [json({ result: null, error: overloaded })],
    wants: "object",
    status: 200,
    says: overloaded,
  },
  redirected: {
    name: "redirect (307) to another host (POST)",
    call: create,
    answers: (elsewhere) => [redirect(`${elsewhere}/taken`)],
    wants: "object",
    status: 307,
    also: ({ elsewhere }) =>
      elsewhere.requests.some((asked) => asked.text.includes(newProject.db_pass))
        ? ["`db_pass` sent to that host"]
        : [],
  },
  outside: {
    name: "`../../organizations` as the ref",
    call: (api) => api.functions("../../organizations"),
    answers: [json([deployed])],
    wants: "array",
    also: ({ requests: [first] }) => (first ? [`asked \`${first.url}\``] : []),
  },
  echo: {
    name: "400, the message repeats `db_pass`",
    call: create,
    answers: [json({ message: `${newProject.db_pass} is a weak password` }, 400)],
    wants: "object",
    status: 400,
    says: "is a weak password",
    also: ({ ended }) => [shows(ended.error, [newProject.db_pass]) ? "`db_pass` shown" : "`db_pass` hidden"],
  },
};
