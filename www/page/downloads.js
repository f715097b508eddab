// Files that the page gives to whoever uses it.

/** How long the browser may take to begin with a download, in milliseconds. */
const begunMs = 1_000;

/**
 * Lets the browser save a file.
 * @param name of the file
 * @param content text or bytes
 */
export function download(name, content, type = "text/plain") {
  const url = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), begunMs);
}
