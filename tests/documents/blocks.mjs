// The code blocks of README.md and of the pages of www/docs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../pkg/build/install.mjs";

const fence = /^( *)```([\w+-]*)[ \t]*(.*)\n([\s\S]*?)^\1```$/gm;

/** README.md and all pages that people write. The reference is generated, and tested by tests/docs-reference.test.js. */
export function documents() {
  const folder = join(root, "www", "docs");
  const pages = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".md") && !name.startsWith("reference"))
    .map((name) => `www/docs/${name.replaceAll("\\", "/")}`);
  return ["README.md", ...pages.sort()];
}

/** Every block: its file, the line where it begins, its language, what stands behind that, and its text. */
export function blocks(files = documents()) {
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return Array.from(text.matchAll(fence), (match) => {
      const [, indent, language, meta, code] = match;
      const line = text.slice(0, match.index).split("\n").length;
      const plain = indent ? code.replaceAll(new RegExp(`^${indent}`, "gm"), "") : code;
      return { file, line, language, meta: meta.trim(), code: plain };
    });
  });
}

/** Where a block is, as people look for it. */
export const placeOf = ({ file, line }) => `${file}:${line}`;
