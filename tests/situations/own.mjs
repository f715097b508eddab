// The table of what this client gives in each situation: the scenes that all clients go through, and those of its own.
import { isSupabaseManagementError } from "../../pkg/index.js";
import { token } from "../support.js";
import { connect } from "./clients/ours.mjs";
import { code, settle, tableOf, words } from "./observe.mjs";
import { deviations, ownScenes, pageScene } from "./own-scenes.mjs";
import { play, playAll } from "./stage.mjs";

/** Long enough for all waits on a busy machine. */
const limitMs = 20_000;

/** What errors tell besides their message, where they have something to tell. */
const details = [
  "path",
  "retryAfterMs",
  "outcomeUnknown",
  "validationErrors",
  "missingPermissions",
  "requiredScope",
  "requiredPermissions",
  "unknownRoute",
];

/** The table, from what happens now. */
export const ownTable = async () => tableOf(["situation", "what you get", "its message"], await ownRows());

/** Its rows: name, what you get, message. */
export async function ownRows() {
  // What only the first call of a process takes must not count against a time-out.
  await play({ answers: [(response) => response.end("[]")] }, (baseUrl) =>
    connect({ baseUrl, accessToken: token }).list(),
  );
  const rows = await playAll(ownScenes, row);
  rows.push(await inPage(() => row(pageScene)));
  rows.push(...(await playAll(deviations, deviation)));
  return rows;
}

/** Lets this process look like a page: nothing else may run meanwhile. */
async function inPage(task) {
  globalThis.location = { origin: "https://panel.example" };
  try {
    return await task();
  } finally {
    delete globalThis.location;
  }
}

async function run(scene, options) {
  const more = typeof scene.options === "function" ? scene.options() : scene.options;
  const given = { accessToken: token, ...more, ...options };
  let earlier = [];
  const { ended, requests, elsewhere } = await play(scene, async (baseUrl, arrived) => {
    const start = () => connect({ baseUrl, ...given, fetch: scene.stub?.(arrived) });
    if (!scene.before) return settle(() => scene.call(start()), { limitMs });
    const api = start();
    await scene.before(api);
    earlier = [...arrived];
    return settle(() => scene.call(api), { limitMs });
  });
  return { ended, requests: requests.slice(earlier.length), earlier, elsewhere, given };
}

async function row(scene) {
  const seen = await run(scene);
  const { error } = seen.ended;
  const told = isSupabaseManagementError(error) ? detailsOf(error, seen.requests.length) : [];
  return [scene.name, [words(seen, scene), ...told].join(", "), messageOf(error)];
}

/** What the runtime adds in its own words, and the port, are another time something else. */
function messageOf(error) {
  if (!(error instanceof Error)) return "";
  const reasons = [];
  for (let cause = error.cause; cause; cause = cause.cause) reasons.push(cause.message, cause.code);
  const own = reasons
    .filter((reason) => typeof reason === "string" && reason)
    .reduce((text, reason) => text.replace(reason, "…"), error.message);
  return code(own.replace(/…(: …)+/g, "…").replace(/\d{4,}(?= ms)/g, wholeSeconds));
}

function detailsOf(error, sent) {
  const told = details
    .filter((name) => error[name] && error[name].length !== 0)
    .map((name) => `\`${name}: ${JSON.stringify(roughly(name, error[name]))}\``);
  if (error.attempts !== sent) told.push(`says ${error.attempts} attempts`);
  return told;
}

/** A wait that began a moment ago is as long as it was. */
const wholeSeconds = (milliseconds) => Math.ceil(milliseconds / 1000) * 1000;
const roughly = (name, value) => (name === "retryAfterMs" ? wholeSeconds(value) : value);

/** An answer that differs from the description: what becomes of it by default, with `onDeviation`, and if strict. */
async function deviation(scene) {
  const reports = [];
  const lenient = await run(scene, { onDeviation: (report) => reports.push(report) });
  const strict = await run(scene, { validation: "strict" });
  const told = reports.map(
    ({ path, expected, received }) => `\`${path}\`: expected ${shortened(expected)}, received ${received}`,
  );
  const cell = `${words(lenient, scene)}; strict: ${words(strict, scene)}; \`onDeviation\` told ${told.join("; ") || "nothing"}`;
  return [scene.name, cell, messageOf(strict.ended.error)];
}

/** Of a long list of values the first is enough. */
const shortened = (expected) => expected.replace(/("[^"]*"), ("[^"]*"(, )?){3,}/, "$1, …");
