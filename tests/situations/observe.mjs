// What became of a call, by one judge for all clients: from what was seen, never from what a client says of itself.
import { inspect } from "node:util";
import { printed, within } from "../support.js";

/**
 * Starts a call and waits for its end.
 * @param open tells of a result `{ value }`, or `{ error }` where a client gives errors as results; both with the
 *   `status` that comes along
 * @param limitMs after which a call counts as one that hangs
 */
export async function settle(call, { open = (value) => ({ value }), limitMs = 3000 } = {}) {
  const begun = performance.now();
  const ended = (async () => open(await call()))().catch((error) => ({ error, thrown: true }));
  const result = await within(limitMs, ended);
  return { ...(result === "hanging" ? { hangs: true } : result), ms: performance.now() - begun };
}

/**
 * What was seen, in short words, most important first.
 * @param seen what `play` gave (see stage.mjs)
 * @param situation `wants`, the kind of value that the API promises; `status`, what the server answered; `says`, the
 *   words of the server that somebody has to get to know; `waitSeconds`, what it asked to wait; `also` has more to tell;
 *   `counts: false` where the number of requests depends on luck
 */
export function words(seen, situation) {
  const { ended, requests } = seen;
  const parts = ended.hangs
    ? ["hangs"]
    : "error" in ended
      ? failure(ended, requests, situation)
      : success(ended, situation);
  if (requests.length === 0) parts.push("nothing sent");
  else if (requests.length > 1 && situation.counts !== false) parts.push(`${requests.length} requests`);
  parts.push(...waited(seen, situation));
  return [...parts, ...(situation.also?.(seen) ?? [])].join(", ");
}

function success({ value }, { wants, says }) {
  const kind = kindOf(value);
  const parts = [kind === wants ? "the value" : `\`${kind}\` as the value`];
  if (says && printsOf(value).includes(says)) parts.push("the error unnoticed in it");
  return parts;
}

function failure({ error, status = error?.status, thrown }, requests, { status: sent, says }) {
  const isError = error instanceof Error;
  const kind = isError ? `\`${error.name}\`` : `a bare ${kindOf(error)}`;
  // A call that sent nothing has no answer to tell of.
  const code = !sent || requests.length === 0 ? "" : typeof status === "number" ? ` ${status}` : " without status";
  const parts = [thrown ? `${kind}${code}` : `\`error\`${code}: ${kind}`];
  if (!says || requests.length === 0 || (isError && error.message.includes(says))) return parts;
  if (!printsOf(error).includes(says)) parts.push("the server's words lost");
  else if (isError) parts.push("the server's words outside of its message");
  return parts;
}

const printsOf = (value) => inspect(value, { depth: 9, getters: true, showHidden: true });

/** Timers of Node may be early by as much. */
const slackMs = 5;

/** Whether the server's wish was granted, between each two requests. `earlier` are those of the call before. */
function waited({ requests, earlier = [] }, { waitSeconds }) {
  const times = [...earlier, ...requests].map(({ at }) => at);
  if (!waitSeconds || times.length < 2) return [];
  const granted = times.slice(1).every((at, before) => at - times[before] > waitSeconds * 1000 - slackMs);
  return [granted ? (earlier.length > 0 ? `${waitSeconds} s later` : `${waitSeconds} s apart`) : "sooner than asked"];
}

/** Whether one of the secrets is in anything that is printed of what was thrown or given. */
export function shows(error, secrets) {
  const views = [...Object.values(printed(error)), printsOf(error)];
  return secrets.some((secret) => views.some((view) => view.includes(secret)));
}

export function kindOf(value) {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** Words of a program. As HTML of a server may be in them, they must not be read as Markdown. */
export const code = (text) => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

/** A table as the guides have it. */
export function tableOf(head, rows) {
  const escaped = rows.map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")));
  return [head, head.map(() => "---"), ...escaped].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}
