// The browser learns of a file only when the one before it has arrived. The document therefore names all files that the
// first view needs, so that they are asked for at once.
import { basename } from "node:path";

/** The files that the first view needs, from what esbuild tells of the bundle (its metafile). */
export function firstFiles({ outputs }, { main, firstView, wasm }) {
  const nameOfEntry = (end) => Object.keys(outputs).find((name) => outputs[name].entryPoint?.endsWith(end));
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) return;
    found.add(name);
    for (const { path, kind } of outputs[name].imports) if (kind === "import-statement" && outputs[path]) visit(path);
  };
  visit(nameOfEntry(main));
  visit(nameOfEntry(firstView));
  const files = Object.keys(outputs).filter((name) => wasm.some((one) => basename(name).startsWith(`${one}-`)));
  return [...found, ...files].map((name) => basename(name));
}

const linkOf = (name) =>
  name.endsWith(".wasm")
    ? `<link rel="preload" as="fetch" type="application/wasm" crossorigin href="/page/${name}">`
    : `<link rel="modulepreload" href="/page/${name}">`;

/** The document, with a link for each of these files. */
export function withPreloads(html, names) {
  const place = "<!-- preloads -->";
  if (!html.includes(place)) throw new Error(`www/index.html has no ${place}`);
  return html.replace(place, names.map(linkOf).join(`\n    `));
}
