// The pages of the site, as files below www/docs: for the sidebar, for llms.txt and for the tests.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The lines at the head of a page: plain `name: value` pairs. */
export function frontmatterOf(source, path) {
  const [, head = ""] = /^---\n(.*?)\n---\n/s.exec(readFileSync(join(source, path), "utf8")) ?? [];
  const pairs = Array.from(head.matchAll(/^(\w+): (.*)$/gm), ([, name, value]) => [
    name,
    value.replace(/^"(.*)"$/, "$1"),
  ]);
  return Object.fromEntries(pairs);
}

/** The pages of a folder in their order: by `order` in their heads, then by name. */
export function pagesIn(source, folder) {
  if (!existsSync(join(source, folder))) return [];
  const names = readdirSync(join(source, folder)).filter((name) => name.endsWith(".md"));
  const pages = names.map((name) => ({ path: `${folder}/${name}`, ...frontmatterOf(source, `${folder}/${name}`) }));
  const order = (page) => Number(page.order ?? 1000);
  return pages.sort((one, other) => order(one) - order(other) || one.path.localeCompare(other.path));
}

/** All pages, the first page first. */
export const sitePages = (source) => [
  { path: "index.md", ...frontmatterOf(source, "index.md") },
  ...pagesIn(source, "guide"),
  ...pagesIn(source, "reference"),
];
