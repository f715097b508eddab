// The API's descriptions, which several tests read.
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "../pkg/build/install.mjs";

const beside = (...path) => join(root, "..", "shared", "api", ...path);

/** One document for each version of the API: beside the repository, or where OPENAPI says, a list such as PATH is one. */
export const descriptionFiles = process.env.OPENAPI?.split(delimiter) ?? [
  beside("openapi.json"),
  beside("v2", "openapi.json"),
];

/** Those that are not there: without one of them nothing is compared. */
export const missingDescriptions = descriptionFiles.filter((file) => !existsSync(file));

/** All documents as one, as they share no path and no name; undefined where one is missing. */
export function readDescription() {
  if (missingDescriptions.length > 0) return undefined;
  const [first, ...rest] = descriptionFiles.map((file) => JSON.parse(readFileSync(file, "utf8")));
  const schemas = Object.assign({}, first.components.schemas, ...rest.map(({ components }) => components.schemas));
  const paths = Object.assign({}, first.paths, ...rest.map((document) => document.paths));
  return { ...first, paths, components: { ...first.components, schemas } };
}

/** Whether a path is of a version that one of the documents tells of. */
export function tellsOf({ paths }, path) {
  const version = (one) => one.split("/")[1];
  return Object.keys(paths).some((known) => version(known) === version(path));
}
