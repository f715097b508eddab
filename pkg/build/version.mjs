// The version of this repository. It stands in one place, `[workspace.package]` of Cargo.toml: all crates inherit it from
// there, and the package.json of npm gets it when the package is built.

const place = /^(\[workspace\.package\]\n(?:[^[\n][^\n]*\n)*?version = ")([^"]+)(")/m;

/** @param cargo the text of the root's Cargo.toml */
export function versionIn(cargo) {
  const [, , version] = place.exec(cargo) ?? [];
  if (!version) throw new Error("Cargo.toml has no version in [workspace.package]");
  return version;
}

/**
 * Cargo.toml with another version, also in the entries of `[workspace.dependencies]` that lie in this repository: cargo
 * wants a version beside their path, and cannot inherit it there.
 */
export function withVersion(cargo, version) {
  versionIn(cargo);
  const entry = /^([\w-]+ = \{ path = "[^"]+", version = ")[^"]+(")/gm;
  return cargo.replace(place, `$1${version}$3`).replace(entry, `$1${version}$2`);
}

/** The text of a package.json with the version behind its name. */
export function manifest(text, version) {
  const { name, ...rest } = JSON.parse(text);
  if (rest.version) throw new Error("pkg/build/package.json has a version: it belongs into Cargo.toml alone");
  return `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`;
}
