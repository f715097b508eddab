// The demo page: starts, connects, and shows the view that the address asks for.
import { init } from "../pkg/index.js";
import { clearCalls, recorded } from "./calls.js";
import { onProxy, onSandbox } from "./connection.js";
import { ask, confirm } from "./dialogs.js";
import { announce, byId, on, write } from "./dom.js";
import { faultOf } from "./faults.js";
import { askForOrganization, showHome } from "./home.js";
import { showMistakes } from "./mistakes.js";
import { showProject } from "./project.js";
import { isMoving, updateBadges } from "./statuses.js";

/** Milliseconds between two looks at projects that move. */
const pollMs = 2_000;

/** What the views share: the connection, what is known of the account behind it, and a way to learn it again. */
const page = { connection: undefined, account: undefined, load };

/** The connection to the sandbox, for the way back to it. */
let home;

// ---- connection

function sandboxOptions() {
  const startupMs = new URLSearchParams(location.search).get("startupMs");
  return startupMs === null ? {} : { startupMs: Number(startupMs) };
}

async function connect(connection) {
  if (connection.kind === "sandbox") home = connection;
  // Another account has other projects. At the start, though, the address may ask for one.
  if (page.connection && location.hash) history.replaceState(null, "", location.pathname + location.search);
  const { kind, name, detail, code } = connection;
  page.connection = connection;
  page.account = { organizations: [], projects: [] };
  document.body.dataset.connection = kind;
  write(byId("connection-state"), { name, detail });
  byId("leave-proxy").hidden = kind === "sandbox";
  byId("log-client").textContent = code;
  stopWatching();
  announce("");
  showFailure(undefined);
  show();
  byId("home-summary").textContent = "Loading …";
  await load();
}

/** Shows the account as it is now. */
async function load() {
  const { connection } = page;
  const { api } = connection;
  try {
    const [organizations, projects] = await Promise.all([api.organizations.list(), api.projects.list()]);
    if (page.connection !== connection) return;
    page.account = { organizations, projects };
    showFailure(undefined);
    show();
    watch();
  } catch (error) {
    if (page.connection === connection) showFailure(error);
  }
}

function showFailure(error) {
  const failure = byId("failure");
  failure.hidden = !error;
  byId("home").classList.toggle("unknown", Boolean(error));
  if (!error) return;
  failure.querySelector(".fault").replaceChildren(faultOf(error));
  failure.querySelector(".actions").hidden = !page.connection;
  failure.querySelector('[data-do="sandbox"]').hidden = page.connection?.kind !== "proxy";
  byId("home-summary").textContent = "";
  byId("failure-title").focus();
}

// ---- views

/** The reference in the address: `#projects/hqvkzumdtlrwaxbeogcy`. */
function currentRef() {
  const [, ref] = /^#projects\/(.+)$/.exec(location.hash) ?? [];
  try {
    return ref && decodeURIComponent(ref);
  } catch {
    return undefined;
  }
}

function show() {
  const ref = currentRef();
  const project = page.account.projects.find((one) => one.ref === ref);
  byId("home").hidden = Boolean(project);
  byId("project").hidden = !project;
  document.title = project ? `${project.name} · supabase-management-wasm` : "supabase-management-wasm";
  if (project) showProject(page, project);
  else showHome(page);
  return project;
}

function navigate() {
  // The link that skips to the content is no view.
  if (location.hash === "#main") return;
  const project = show();
  if (currentRef() && !project) announce("There is no such project here");
  scrollTo(0, 0);
  byId(project ? "project-title" : "home-title").focus();
}

// ---- statuses that move

let timer;
let quietly;

function stopWatching() {
  clearTimeout(timer);
  quietly = undefined;
}

/** Looks at the projects again and again, as long as one of them moves. */
function watch() {
  clearTimeout(timer);
  if (!page.account.projects.some(isMoving)) return stopWatching();
  quietly ??= recorded(page.connection.client, { merge: true });
  timer = setTimeout(look, pollMs);
}

async function look() {
  const { connection } = page;
  try {
    const projects = await quietly.projects.list();
    if (page.connection !== connection) return;
    const before = page.account.projects;
    page.account.projects = projects;
    const moved = projects.filter(({ ref, status }) => before.some((one) => one.ref === ref && one.status !== status));
    moved.forEach(updateBadges);
    if (moved.length > 0) announce(moved.map(({ name, status }) => `${name} is ${status}`).join(", "));
    // Somebody else may create projects too.
    if (String(projects.map(({ ref }) => ref)) !== String(before.map(({ ref }) => ref))) showHome(page);
    watch();
  } catch (error) {
    if (page.connection === connection) showFailure(error);
  }
}

// ---- buttons

const backToSandbox = () => connect(home);

function changeConnection() {
  ask("connection", {
    submit: ({ baseUrl, accessToken }) => {
      const connection = onProxy({ baseUrl: baseUrl.trim(), accessToken });
      // What the proxy says is no matter of the dialog any more.
      connect(connection);
    },
  });
}

function replaceSandbox(state, words) {
  const connection = onSandbox({ ...sandboxOptions(), state });
  byId("connection-dialog").close();
  connect(connection);
  announce(words);
}

function saveState() {
  const url = URL.createObjectURL(new Blob([home.sandbox.save()], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: url, download: "sandbox.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

async function loadState({ target }) {
  const [file] = target.files;
  if (!file) return;
  const text = await file.text();
  // So that the same file can be chosen again.
  target.value = "";
  try {
    replaceSandbox(text, `Loaded ${file.name}`);
  } catch (error) {
    byId("connection-dialog").querySelector(".fault").replaceChildren(faultOf(error));
  }
}

function resetState() {
  byId("connection-dialog").close();
  confirm("Reset the sandbox?", "All that was created in it will be gone.", "Reset", () =>
    replaceSandbox(undefined, "The sandbox is as it was at the beginning"),
  );
}

function toggleLog() {
  const button = byId("log-toggle");
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  button.textContent = open ? "Hide" : "Show";
}

const buttons = {
  "leave-proxy": backToSandbox,
  "change-connection": changeConnection,
  "new-organization": () => askForOrganization(page),
  "save-state": saveState,
  "load-state": () => byId("state-file").click(),
  "reset-state": resetState,
  "log-clear": clearCalls,
  "log-toggle": toggleLog,
};
for (const [id, act] of Object.entries(buttons)) byId(id).addEventListener("click", act);
byId("state-file").addEventListener("change", loadState);
on(byId("failure"), "retry", load);
on(byId("failure"), "connection", changeConnection);
on(byId("failure"), "sandbox", backToSandbox);
addEventListener("hashchange", navigate);
// It scrolls, and not every browser lets the keyboard do that by itself.
byId("log-body").tabIndex = 0;

// ---- start

try {
  await init();
  showMistakes(page, currentRef);
  await connect(onSandbox(sandboxOptions()));
} catch (error) {
  showFailure(error);
}
