// The files that a plan is made of: an object of contents by path, or a folder that is read piece by piece.
import { inputError } from "./error.js";

/**
 * @param given contents by path, or `{ list, read }` as `readFolder` gives it
 * @returns `{ begin, list, read }`. Paths are relative to the root of the project; a directory ends with a slash.
 */
export function sourcesOf(given = {}) {
  if (Object(given) !== given) throw inputError("desired.files", "an object of files, or a folder", typeof given);
  if (typeof given.read === "function" && typeof given.list === "function") return folder(given);
  const contents = new Map(Object.entries(given).map(([path, content]) => [cleaned(path), content]));
  return {
    begin(known) {
      known.directories.push("/");
      known.paths.push(...contents.keys());
    },
    list: async () => [],
    read: async (path) => (contents.has(path) ? bytesOf(path, contents.get(path)) : undefined),
  };
}

function folder({ list, read }) {
  return {
    async begin(known, dir) {
      const directory = `${dir}/`;
      known.directories.push(directory);
      known.paths.push(...(await list(directory)));
    },
    list: async (directory) => list(directory),
    read: async (path) => {
      const content = await read(path);
      return content === undefined ? undefined : bytesOf(path, content);
    },
  };
}

function cleaned(path) {
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw inputError(`desired.files["${path}"]`, "a path within the project", "one out of it");
  return parts.join("/");
}

async function bytesOf(path, content) {
  if (typeof content === "string") return new TextEncoder().encode(content);
  if (content instanceof Uint8Array) return content;
  if (content instanceof ArrayBuffer) return new Uint8Array(content);
  if (content instanceof Blob) return new Uint8Array(await content.arrayBuffer());
  throw inputError(`desired.files["${path}"]`, "string, bytes or Blob", typeof content);
}
