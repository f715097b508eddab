// Texts of the sources as Markdown of VitePress, which reads Vue templates in it as well.

/** Whatever is no code: nothing of it may be taken for a tag or a template. */
const outside = (text) =>
  text
    .replace(/\{@link (\w+)\}/g, "`$1`")
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 ? part : part.replaceAll("<", "&lt;").replaceAll("{", "&#123;")))
    .join("");

/** Where each operation and each resource has its section. */
export function addressOf(id, resources) {
  const resource = resources.find(({ name, methods }) => name === id || methods.some((method) => method.id === id));
  if (!resource) return undefined;
  const page = `/reference/${pageOf(resource.name)}`;
  return resource.name === id ? page : `${page}#${anchorOf(id)}`;
}

export const pageOf = (resource) =>
  resource.replace(".", "-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export const anchorOf = (id) =>
  id.slice(id.lastIndexOf(".") + 1).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Prose, in which the names of operations are links. */
export function prose(text, resources = []) {
  const linked = (code) => {
    // Vue would look for a template in it.
    if (code.includes("{{")) return `<code v-pre>${code.slice(1, -1)}</code>`;
    const address = addressOf(code.slice(1, -1), resources);
    return address ? `[${code}](${address})` : code;
  };
  return outside(text)
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 ? linked(part) : part))
    .join("");
}

/** The same on one line, for a cell of a table. */
export const cell = (text, resources) =>
  prose(text, resources)
    .replace(/\n\n|\n(?=- )/g, "<br>")
    .replaceAll("\n", " ")
    .replaceAll("|", "\\|");

/** Code for a cell: a pipe would end the cell. */
export const codeCell = (text) => `\`${text.replaceAll("|", "\\|")}\``;

export const firstSentence = (text) => /^.*?\.(?=\s|$)/s.exec(text)?.[0].replaceAll("\n", " ") ?? text;

export function table(head, rows) {
  if (rows.length === 0) return "";
  const line = (cells) => `| ${cells.join(" | ")} |\n`;
  return `${line(head)}${line(head.map(() => "---"))}${rows.map(line).join("")}`;
}

export const fence = (language, code) => `\`\`\`${language}\n${code.trimEnd()}\n\`\`\`\n`;
