// Faults that the sandbox can be told to have, from the fields of a form.

/** What can go wrong: its words, and the fields that it has besides. */
export const kinds = {
  status: { title: "An answer with an error", fields: ["status", "retryAfter"] },
  limited: { title: "The rate limit is spent (429)", fields: ["retryAfter"] },
  html: { title: "A page of HTML from a gateway", fields: ["status"] },
  lost: { title: "The connection is lost", fields: [] },
  truncated: { title: "The answer ends after half of it", fields: [] },
  late: { title: "The answer comes late", fields: [] },
};

/** How late an answer is at first, in milliseconds. */
const lateMs = "2000";

/** What the form begins with. */
export const beginning = { endpoint: "functions.list", kind: "status", status: "503", times: "2", delayMs: "0" };

/** The fields with another value. Who chooses that an answer comes late wants it late. */
export function withField(fields, name, value) {
  const delayMs = name === "kind" && value === "late" && !Number(fields.delayMs) ? lateMs : fields.delayMs;
  return { ...fields, delayMs, [name]: value };
}

const wholeNumber = (text) => (text === undefined || text === "" ? undefined : Number(text));

/**
 * The fault that the fields tell, as `sandbox.fail` takes it.
 * @param fields texts of a form: `kind`, `status`, `retryAfter` in seconds, `times`, `all`, `delayMs`, `carriedOut`
 */
export function faultOf({ kind, status, retryAfter, times, all, delayMs, carriedOut }) {
  const has = (name) => kinds[kind].fields.includes(name);
  const fault = {};
  if (kind === "limited") fault.status = 429;
  if (has("status")) fault.status = wholeNumber(status);
  if (["html", "lost", "truncated"].includes(kind)) fault[kind] = true;
  if (has("retryAfter") && retryAfter) fault.headers = { "retry-after": String(wholeNumber(retryAfter)) };
  fault.times = all ? Number.POSITIVE_INFINITY : wholeNumber(times);
  fault.delayMs = wholeNumber(delayMs) || undefined;
  if (carriedOut && kind !== "truncated" && kind !== "late") fault.carriedOut = true;
  return Object.fromEntries(Object.entries(fault).filter(([, value]) => value !== undefined));
}

/** A fault as one says it in a test. */
export function codeOfFault(endpoint, fault) {
  const fields = Object.entries(fault).map(([name, value]) => {
    if (name === "headers")
      return `headers: { ${Object.entries(value)
        .map((pair) => pair.map((text) => JSON.stringify(text)).join(": "))
        .join(", ")} }`;
    return `${name}: ${value}`;
  });
  return `sandbox.fail(${JSON.stringify(endpoint)}, { ${fields.join(", ")} })`;
}

/** What a fault does, in words. */
export function wordsOf({ status, html, lost, truncated, delayMs, carriedOut, headers }) {
  const words = [];
  if (lost) words.push("the connection is lost");
  else if (html) words.push(`a page of HTML with ${status ?? 502}`);
  else if (status) words.push(`status ${status}`);
  if (truncated) words.push("the answer ends after half of it");
  if (headers?.["retry-after"]) words.push(`Retry-After ${headers["retry-after"]} s`);
  if (delayMs) words.push(`${delayMs} ms later`);
  if (carriedOut) words.push("carried out all the same");
  return words.join(", ");
}

/** Endpoints to choose from: every one, all of a group, all. */
export function endpointsOf(built) {
  const groups = new Set(built.map((id) => `${id.slice(0, id.lastIndexOf("."))}.*`));
  return ["*", ...groups, ...built];
}
