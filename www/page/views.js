// Every view: where it is, what it is called, and the file that is loaded when somebody goes there.

/** The views of a project, in the order of its navigation: `#/projects/<ref>/<path>`. */
export const projectViews = [
  { path: "", title: "Overview", load: () => import("./views/overview.jsx") },
  { path: "sql", title: "SQL", load: () => import("./views/sql.jsx") },
  { path: "functions", title: "Functions", load: () => import("./views/functions.jsx") },
  { path: "logs", title: "Logs and usage", load: () => import("./views/logs.jsx") },
  { path: "secrets", title: "Secrets", load: () => import("./views/secrets.jsx") },
  { path: "api-keys", title: "API keys", load: () => import("./views/api-keys.jsx") },
  { path: "branches", title: "Branches", load: () => import("./views/branches.jsx") },
  { path: "backups", title: "Backups", load: () => import("./views/backups.jsx") },
  { path: "advisors", title: "Advisors", load: () => import("./views/advisors.jsx") },
  { path: "settings", title: "Settings", load: () => import("./views/settings.jsx") },
  { path: "network", title: "Network", load: () => import("./views/network.jsx") },
  { path: "domains", title: "Domains", load: () => import("./views/domains.jsx") },
  { path: "access", title: "Access", load: () => import("./views/access.jsx") },
];

/** The other views. */
export const views = [
  { path: "/", title: "Projects", load: () => import("./views/home.jsx") },
  { path: "/organizations/:slug", title: "Organization", load: () => import("./views/organization.jsx") },
  { path: "/explorer", title: "Explorer", load: () => import("./views/explorer.jsx") },
  { path: "/explorer/:id", title: "Endpoint", load: () => import("./views/operation.jsx") },
  { path: "/mistakes", title: "Try a mistake", load: () => import("./views/mistakes.jsx") },
  { path: "/sandbox", title: "Sandbox", load: () => import("./views/sandbox.jsx") },
];

/** Addresses of views. */
export const hrefs = {
  home: "/",
  organization: (slug) => `/organizations/${encodeURIComponent(slug)}`,
  project: (ref, view = "") => `/projects/${encodeURIComponent(ref)}${view && `/${view}`}`,
  statement: (ref, statement) => `${hrefs.project(ref, "sql")}?statement=${encodeURIComponent(statement)}`,
};
