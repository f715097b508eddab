// The configurations of a project: which operations read and write one, and what a form of it begins with.

const methodOf = ({ id }) => id.slice(id.lastIndexOf(".") + 1);

/** Whether an operation is about one whole project. */
const isOfProject = ({ path }) => path.length === 1 && path[0].name === "ref";

/**
 * Every configuration of a project in the table: a GET that is called `get…`, and a write of the same route or below it that
 * is called `update…` or `apply…`, whose body is made of what the GET answers. Where several write the same, the first that
 * `writable` can make a body for counts: others only add to what is there.
 * @returns `[{ id, title, read, write, type }]`, where `type` is that of the body, or of the query where there is no body
 */
export function configurations(operations) {
  const reads = operations.filter((one) => one.verb === "GET" && isOfProject(one) && /^get/.test(methodOf(one)));
  const found = reads.flatMap((read) => {
    const write = operations.find((one) => writes(one, read));
    return write ? [{ id: write.id, title: titleOf(read), read, write, type: write.bodyType ?? write.query }] : [];
  });
  // Two of one resource, such as the access of a user and whether there is any, are told apart by the name of the read.
  const isTwice = ({ title }) => found.filter((one) => one.title === title).length > 1;
  return found.map((one) => (isTwice(one) ? { ...one, title: `${one.title}: ${one.read.id}` } : one));
}

function writes(one, read) {
  if (!["PATCH", "PUT", "POST"].includes(one.verb) || !isOfProject(one)) return false;
  if (!/^(?:update|apply)/.test(methodOf(one))) return false;
  if (one.route !== read.route && !one.route.startsWith(`${read.route}/`)) return false;
  if (one.bodyType) return one.rust.madeFrom.includes(read.id);
  // A write without a body has its settings in the query.
  return one.route === read.route && one.query !== undefined;
}

/** Words that are written in capitals, and names that people know better. */
const capitals = /\b(?:api|jit|ssl)\b/gi;
const better = { Postgrest: "Data API (PostgREST)", Projects: "Project" };

/** `database.getPostgresConfig` is `Database: postgres`. */
function titleOf(read) {
  const words = (text) => text.replace(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase();
  const resource = read.id.slice(0, read.id.lastIndexOf("."));
  const detail = words(
    methodOf(read)
      .slice(3)
      .replace(/Config$/, ""),
  );
  const title = words(resource).replace(/^./, (letter) => letter.toUpperCase());
  const whole = detail ? `${title}: ${detail}` : (better[title] ?? title);
  return whole.replace(capitals, (word) => word.toUpperCase());
}

/** What a write can be made of: of a list, such as that of the poolers, the entry of the primary database. */
export const entryOf = (answer) =>
  Array.isArray(answer) ? (answer.find((one) => one.database_type === "PRIMARY") ?? answer[0]) : answer;

/** The fields of an answer that a query has too. */
export const queryFrom = ({ fields }, answer) =>
  Object.fromEntries(fields.filter(({ name }) => Object.hasOwn(answer, name)).map(({ name }) => [name, answer[name]]));

/** From this many fields on a configuration is shown in groups. */
const many = 20;

/** The smallest group; fields of smaller ones stand together in the first. */
const fewest = 3;

/** The first word of a name, or the first two where one word would be a very large group. */
function groupOf(name, words) {
  return name.split("_").slice(0, words).join("_");
}

/**
 * Fields in groups by the first words of their names: `external_apple_client_id` stands in `external_apple`.
 * @returns `[{ name, fields }]`; one group without a name where there are few fields
 */
export function groupedFields(fields) {
  if (fields.length < many) return [{ name: "", fields }];
  const of = new Map();
  const [ones, twos] = [by(fields, 1), by(fields, 2)];
  for (const field of fields) {
    const [one, two] = [groupOf(field.name, 1), groupOf(field.name, 2)];
    const name = ones.get(one).length > many && twos.get(two).length >= fewest ? two : one;
    const known = ones.get(one).length >= fewest ? name : "general";
    of.set(known, [...(of.get(known) ?? []), field]);
  }
  const general = of.get("general");
  of.delete("general");
  const groups = Array.from(of, ([name, members]) => ({ name, fields: members }));
  return general ? [{ name: "general", fields: general }, ...groups] : groups;
}

function by(fields, words) {
  const groups = new Map();
  for (const field of fields) {
    const name = groupOf(field.name, words);
    groups.set(name, [...(groups.get(name) ?? []), field]);
  }
  return groups;
}
