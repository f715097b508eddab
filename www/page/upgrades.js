// What stands in the way of an upgrade of Postgres, in sentences.

/** `Postgres 17.6.1.084` of `supabase-postgres-17.6.1.084`. */
export const versionOf = (appVersion) => appVersion.replace(/^supabase-postgres-/, "Postgres ");

const lists = {
  legacy_auth_custom_roles: "These roles were made in a way that the new version does not know",
  objects_to_be_dropped: "These objects have to be dropped first",
  unsupported_extensions: "The new version does not have these extensions",
  user_defined_objects_in_internal_schemas: "These objects of yours are in schemas of the platform",
};

/** A reason of the API as words: its type, and the names that it tells. */
function wordsOf({ type, ...more }) {
  const names = Object.values(more)
    .flat()
    .filter((value) => typeof value === "string");
  const text = type.replaceAll("_", " ");
  return names.length > 0 ? `${text}: ${names.join(", ")}` : text;
}

/** Sentences about all that `projects.getUpgradeEligibility` finds in the way, and all that it warns of. */
export function obstaclesOf(found) {
  const listed = Object.entries(lists)
    .filter(([field]) => found[field]?.length > 0)
    .map(([field, words]) => `${words}: ${found[field].join(", ")}.`);
  const errors = (found.validation_errors ?? []).map((error) => `Not possible: ${wordsOf(error)}.`);
  const warnings = (found.warnings ?? []).map((warning) => `Mind this: ${wordsOf(warning)}.`);
  return [...errors, ...listed, ...warnings];
}
