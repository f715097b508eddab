// The source of a function, as the API gives it: a form of files, one text, or a bundle that only Deno can take apart.

/** Asks for the files. Without it the API gives the bundle. */
export const askForFiles = { headers: { accept: "multipart/form-data" } };

/**
 * Reads the answer of `functions.getBody`.
 * @param data bytes
 * @param contentType of the answer
 * @returns `files`, each with `path`, `bytes` and, where it is one, `text`; `entrypoint` where the answer tells; `bundle` where
 * there are no files but an eszip
 */
export async function readSource(data, contentType) {
  if (/^multipart\/form-data\b/i.test(contentType)) return readForm(data, contentType);
  if (/^(text\/|application\/(typescript|javascript))/i.test(contentType)) return { files: [fileOf("index.ts", data)] };
  return { files: [], bundle: data };
}

async function readForm(data, contentType) {
  const form = await new Response(data, { headers: { "content-type": contentType } }).formData();
  const files = [];
  let entrypoint;
  for (const [name, value] of form) {
    if (name === "metadata") entrypoint = entrypointOf(typeof value === "string" ? value : await value.text());
    else if (typeof value !== "string") files.push(fileOf(value.name, new Uint8Array(await value.arrayBuffer())));
  }
  return { files: files.sort((one, other) => one.path.localeCompare(other.path)), entrypoint };
}

function entrypointOf(text) {
  try {
    const { deno2_entrypoint_path, entrypoint_path } = JSON.parse(text);
    return deno2_entrypoint_path || entrypoint_path;
  } catch {
    // It only says which of the files is the first one.
    return undefined;
  }
}

function fileOf(path, bytes) {
  return { path, bytes, text: textOf(bytes) };
}

/** The text of a file; undefined where it is none, as an image. */
function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
