// The pages of the documentation as they were built: their links and anchors.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { root } from "../../pkg/build/install.mjs";

export const repository = "https://github.com/supabase-management-wasm/supabase-management-wasm";
const decoded = (text) => text.replaceAll("&amp;", "&").replaceAll("&quot;", '"');

/** All pages by their path below /docs/: their links and the names that links may lead to. */
export function readSite(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => name.replaceAll("\\", "/"));
  const pages = files.filter((name) => name.endsWith(".html") && name !== "404.html");
  return new Map(
    pages.map((name) => {
      const html = readFileSync(join(folder, name), "utf8");
      const links = Array.from(html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g), ([, href]) => decoded(href));
      const anchors = new Set(Array.from(html.matchAll(/\sid="([^"]*)"/g), ([, id]) => decoded(id)));
      return [name, { links, anchors }];
    }),
  );
}

/** What is wrong with a link of a page; undefined where it leads somewhere. */
function faultOf(href, name, site, folder) {
  if (href.startsWith(repository)) return faultInRepository(href.slice(repository.length));
  if (/^(?:https:|mailto:)/.test(href)) return undefined;
  if (/^\w+:/.test(href)) return "neither https nor a place of the site";
  const { pathname, hash } = new URL(href, `http://site/docs/${name}`);
  // The page on the sandbox stands beside the documentation.
  if (pathname === "/") return undefined;
  if (!pathname.startsWith("/docs/")) return "outside of the site";
  const path = pathname.slice("/docs/".length);
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : posix.extname(path) ? path : `${path}.html`;
  const page = site.get(file);
  if (!page) return existsSync(join(folder, file)) ? undefined : "no such page";
  return hash && !page.anchors.has(decodeURIComponent(hash.slice(1))) ? "no such place on the page" : undefined;
}

/** Links to files of this repository: `/blob/main/src/lib.rs`, `/tree/main/tests`. */
function faultInRepository(path) {
  const [, kind, file] = /^\/(blob|tree)\/main\/([^#?]+)/.exec(path) ?? [];
  if (!kind) return undefined;
  const found = join(root, decodeURIComponent(file));
  if (!existsSync(found)) return "no such file in the repository";
  return statSync(found).isDirectory() === (kind === "tree") ? undefined : `a ${kind} it is not`;
}

/** The links of the site that lead nowhere, with the page that has them. */
export function deadLinks(site, folder) {
  return [...site].flatMap(([name, { links }]) =>
    [...new Set(links)].flatMap((href) => {
      const fault = faultOf(href, name, site, folder);
      return fault ? [`${name}: ${href}: ${fault}`] : [];
    }),
  );
}
