// What a worker is given by its configuration.

/** The binding that a fleet calls so. */
export function bindingOf(env, bindings, name) {
  const found = env[bindings[name]];
  if (found) return found;
  throw new Error(
    `the configuration of this worker has no binding ${bindings[name]}, which the fleet uses as its ${name}`,
  );
}

/** The object of a run, which knows all of its projects. */
export const runOf = (env, bindings, run) => objectOf(bindingOf(env, bindings, "run"), run);

/** The object that gives permits for one endpoint and what its calls are counted for. */
export const bucketOf = (env, bindings, { endpoint, subject = "" }) =>
  objectOf(bindingOf(env, bindings, "bucket"), `${endpoint} ${subject}`);

const objectOf = (namespace, name) => namespace.get(namespace.idFromName(name));

/** Of a run and a project there is one workflow, however often it is asked for. */
export const instanceOf = (run, ref) => `${run}-${ref}`;
