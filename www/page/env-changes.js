// What a set of variables changes in the secrets that a project has.

/**
 * @param variables what the project is to have, by name
 * @param existing names of what it has
 * @returns names that are `created`, `changed` (the API does not tell values, so each counts) and `unused`
 */
export function changesOf(variables, existing) {
  const names = Object.keys(variables);
  return {
    created: names.filter((name) => !existing.includes(name)),
    changed: names.filter((name) => existing.includes(name)),
    // The platform sets its own, which nobody can delete.
    unused: existing.filter((name) => !names.includes(name) && !name.startsWith("SUPABASE_")),
  };
}
