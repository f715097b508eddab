// llms.txt and llms-full.txt: the pages as programs read them. The first lists the pages, the second has the whole text.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { frontmatterOf, sitePages } from "./pages.mjs";

const included = /^<<< @\/(\S+?)(?:\{.*\})?(?: \[.*\])?$/gm;

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
    .replace(included, (_, file) => `\`\`\`\n${readFileSync(join(source, file), "utf8").trimEnd()}\n\`\`\``)
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
