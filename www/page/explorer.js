// What the explorer tells of operations beside the table: their groups, a search, and which of them ask first.

/** The resource of an id: of `v2.branches.create` it is `v2.branches`. */
export const resourceOf = ({ id }) => id.slice(0, id.lastIndexOf("."));

/** The name of the method in its resource. */
export const methodNameOf = ({ id }) => id.slice(id.lastIndexOf(".") + 1);

/** Operations whose id, route, verb or summary has all words of a search. */
export function search(operations, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter(({ id, verb, route, summary }) => {
    const all = `${id} ${verb} ${route} ${summary}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** Operations by their resource, in the order of the table: `[{ resource, operations }]`. */
export function grouped(operations) {
  const groups = new Map();
  for (const operation of operations) {
    const resource = resourceOf(operation);
    if (!groups.has(resource)) groups.set(resource, []);
    groups.get(resource).push(operation);
  }
  return Array.from(groups, ([resource, members]) => ({ resource, operations: members }));
}

/** The address of an operation in the page. */
export const hrefOf = ({ id }) => `/explorer/${id}`;

/** Methods after which something does not run, or does not exist, any more, though they delete nothing. */
const stops =
  /^(pause|restart|restore|restorePitr|undo|rollback|remove|disable|revoke|shutdown|deactivate|transfer|reset|upgrade|merge|push|claimProject)/;

/** What the documentation says of calls that cost money, or lose something. */
const warns = /cost|billed|restarts|REPLACES|Replaces ALL|for good|cannot be undone|disconnected/;

/** Why somebody is asked before the call is sent; undefined where they need not be. */
export function riskOf(operation) {
  const { verb, about, answer } = operation;
  if (verb === "DELETE") return "It deletes something.";
  if (verb === "GET" || verb === "HEAD" || answer === "url") return undefined;
  if (/cost|billed/.test(about)) return "It may cost money.";
  if (stops.test(methodNameOf(operation)) || warns.test(about))
    return "It changes what runs now, and may not be undone.";
  return undefined;
}

/** Headers of an answer that tell something. */
const told =
  /^(?:content-type|retry-after|location|x-total-count|x-request-id|sb-request-id|cf-ray|x-ratelimit-.*|ratelimit.*)$/;

/** Name and value of the headers of an answer that matter. */
export const headersOf = (headers) => [...(headers ?? [])].filter(([name]) => told.test(name));

/** Path values that the account knows, by the names of the route: choices, and the first of each. */
export function knownValues({ projects, organizations }) {
  const refs = projects.map(({ ref, name }) => ({ value: ref, label: name }));
  const slugs = organizations.map(({ slug, name }) => ({ value: slug, label: name }));
  const choices = { ref: refs, branch_id_or_ref: refs, slug: slugs };
  const first = Object.entries(choices).map(([name, [one]]) => [name, one?.value ?? ""]);
  return { choices, first: Object.fromEntries(first) };
}
