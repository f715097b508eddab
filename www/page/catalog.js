// The client's table for people: every endpoint, the types of what it takes, and the texts about them. It is large, so only
// views that are loaded on their own import it.
import all from "../../target/catalog.json" with { type: "json" };

/** @type {object[]} Every operation, in the order of the table. */
export const operations = all;

const byId = new Map(all.map((operation) => [operation.id, operation]));

/** The operation of an id such as `projects.list`; undefined where there is none. */
export const operationOf = (id) => byId.get(id);
