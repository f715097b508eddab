// llms.txt and llms-full.txt: the pages as programs read them. The first lists the pages, the second has the whole text.
import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { frontmatterOf, sitePages } from "./pages.mjs";

/** A file that is shown as code, and a part of another document. */
const shown = /^<<< @\/(\S+?)(?:\{.*\})?(?: \[.*\])?$/gm;
const included = /^<!--@include: (\S+?)#(\w+)-->$/gm;

/** A file as a block of code. Its fence is longer than any in the file. */
function codeOf(file) {
  const code = readFileSync(file, "utf8").trimEnd();
  const longest = Math.max(2, ...Array.from(code.matchAll(/`{3,}/g), ([fence]) => fence.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${extname(file).slice(1)}\n${code}\n${fence}`;
}

/** The part of a document between the comments that name it. */
function regionOf(file, name) {
  const region = new RegExp(`<!-- #region ${name} -->\n(.*?)<!-- #endregion ${name} -->`, "s");
  const found = region.exec(readFileSync(file, "utf8"))?.[1];
  if (found === undefined) throw new Error(`${file} has no region ${name}`);
  return found.trim();
}

/** The text of a page without what only the site needs, and with the files that it shows. */
function textOf(source, path) {
  return readFileSync(join(source, path), "utf8")
    .replace(/^---\n.*?\n---\n+/s, "")
    .replace(/^<script setup>.*?<\/script>\n+/ms, "")
    .replace(/^<RunExample .*\/>\n/gm, "")
    .replace(/^<\/?div.*>\n/gm, "")
    .replace(/<\/?(?:p|code|br)\b[^>]*>/g, "")
    .replaceAll("&#123;", "{")
    .replaceAll("&lt;", "<")
    .replace(/^:::.*\n/gm, "")
    .replace(shown, (_, file) => codeOf(join(source, file)))
    .replace(included, (_, file, name) => regionOf(join(source, dirname(path), file), name))
    .trim();
}

const address = (path) => path.replace(/\.md$/, ".html");

/** The two files by name. */
export function llmsFiles(source) {
  const pages = sitePages(source);
  const line = ({ path }) => {
    const { title, description } = frontmatterOf(source, path);
    return `- [${title}](${address(path)}): ${description}`;
  };
  const section = (title, folder) => {
    const own = pages.filter(({ path }) => path.startsWith(folder));
    return `## ${title}\n\n${own.map(line).join("\n")}\n`;
  };
  const { description } = frontmatterOf(source, "index.md");
  const index = [
    `# supabase-management-wasm\n\n> ${description}\n\nThe whole text of all pages is in [llms-full.txt](llms-full.txt).\n`,
    `## Start\n\n${line({ path: "index.md" })}\n`,
    section("Guides", "guide/"),
    section("Reference", "reference/"),
  ].join("\n");
  const full = pages.map(({ path }) => `<!-- ${address(path)} -->\n\n${textOf(source, path)}\n`).join("\n");
  return [
    ["llms.txt", index],
    ["llms-full.txt", full],
  ];
}
