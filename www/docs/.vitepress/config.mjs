// The site: where its files are, what stands in its menus. The sidebar is made of the files, in the order that their heads say.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { pagesIn } from "../build/pages.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const source = path("../");
const repository = "https://github.com/supabase-management-wasm/supabase-management-wasm";

const link = ({ path: file, title }) => ({ text: title, link: `/${file.replace(/(?:index)?\.md$/, "")}` });

function referenceItems() {
  const pages = pagesIn(source, "reference").filter(({ path: file }) => file !== "reference/index.md");
  const is = (pattern) => (page) => pattern.test(page.path);
  const tables = /\/(?:options|limits)\.md$/;
  const second = /\/v2-/;
  const first = (page) => !tables.test(page.path) && !second.test(page.path);
  return [
    { text: "Reference", items: [{ text: "All methods", link: "/reference/" }, ...pages.filter(is(tables)).map(link)] },
    { text: "Version 1 of the API", items: pages.filter(first).map(link) },
    { text: "Version 2 of the API", items: pages.filter(is(second)).map(link) },
  ];
}

export default defineConfig({
  title: "supabase-management-wasm",
  description: "Client of the Supabase Management API for JavaScript and Rust, with a sandbox",
  lang: "en",
  base: "/docs/",
  outDir: path("../../../target/docs"),
  cacheDir: path("../../../target/docs-cache"),
  // Only pages: what lies in these folders makes them.
  srcExclude: ["build/**", "examples/**", "reference/examples/**"],
  // Switching the colors would write a style element otherwise, which the policy of the pages forbids (www/serve/docs.mjs).
  appearance: { disableTransition: false },
  lastUpdated: false,
  // Nothing is loaded from elsewhere: neither fonts nor scripts.
  head: [["link", { rel: "icon", href: "data:," }]],
  themeConfig: {
    nav: [
      { text: "Guide", link: link(pagesIn(source, "guide")[0] ?? { path: "index.md" }).link, activeMatch: "/guide/" },
      { text: "Reference", link: "/reference/", activeMatch: "/reference/" },
      { component: "SandboxLink" },
      { text: "GitHub", link: repository },
    ],
    sidebar: {
      "/guide/": [{ text: "Guide", items: pagesIn(source, "guide").map(link) }],
      "/reference/": referenceItems(),
    },
    search: { provider: "local" },
    outline: [2, 3],
    docFooter: { prev: "Before", next: "Next" },
  },
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    languageAlias: { cjs: "javascript", mjs: "javascript" },
  },
  vite: {
    // The package and PGlite are loaded with the first click on Run. They know their own files by `import.meta.url`.
    optimizeDeps: { exclude: ["@electric-sql/pglite"] },
    server: { fs: { allow: [path("../../../")] } },
    // The sandbox is one file of a megabyte, which is loaded with the first click on Run.
    build: { chunkSizeWarningLimit: 4000 },
  },
});
