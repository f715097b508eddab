// Where situations are staged: servers on this machine that give prepared answers, and what they were asked.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer } from "node:http";
import { answerJson, project, serve } from "../support.js";

// An answer is called as (response, asked); what it does to the response is what the client goes through.

export const json =
  (value, status = 200, headers = {}) =>
  (response) =>
    answerJson(response, value, status, headers);

/** A body as it is, called JSON unless `type` says something else. */
export const text =
  (body, status = 200, type = "application/json") =>
  (response) =>
    response.writeHead(status, { "content-type": type }).end(body);

/** What the content network puts before an API that is down. */
export const page = (status) => text(`<html><title>${status}</title><h1>Bad gateway</h1></html>`, status, "text/html");

export const empty =
  (status = 200) =>
  (response) =>
    response.writeHead(status).end();

/** The request arrived, the connection breaks. */
export const drop = (response) => response.socket.destroy();

/** Announces more than it sends before the connection breaks. */
export const breakOff = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write('[{"id":', () => response.socket.destroy());
};

export const silence = () => {};

export const redirect = (location) => (response) => response.writeHead(307, { location }).end();

/** The API's own words on too many requests. */
export const throttled = "ThrottlerException: Too Many Requests";

const window = (remaining, seconds) => ({
  "x-ratelimit-limit": "120",
  "x-ratelimit-remaining": `${remaining}`,
  "x-ratelimit-reset": `${seconds}`,
});
export const limited = (seconds) => json({ message: throttled }, 429, window(0, seconds));

/** A good answer that was the last of its window. */
export const last = (value, seconds) => json(value, 200, window(0, seconds));

/**
 * Opens a server that gives the answers in turn, and the last one again and again.
 * @returns its `url`, its `requests` (each with `at`, in milliseconds) and `close`
 */
export async function stage(answers) {
  let close;
  const { url, requests } = await serve({ after: (task) => (close = task) }, (_request, response) => {
    const asked = requests.at(-1);
    asked.at = performance.now();
    return answers[Math.min(requests.length, answers.length) - 1](response, asked);
  });
  return { url, requests, close };
}

/** An address on this machine where nobody listens; its `requests` are the attempts to connect. */
async function nobody() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  const requests = [];
  const note = ({ connectParams }) => +connectParams.port === port && requests.push({ at: performance.now() });
  subscribe("undici:client:connectError", note);
  const close = () => unsubscribe("undici:client:connectError", note);
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

/**
 * Stages a situation for one call.
 * @param run called with the address, and the list of requests for a `fetch` that asks no server; resolves to what
 *   `settle` gives
 * @returns what was seen: `ended`, `requests`, `elsewhere`
 */
export async function play({ answers = [], refused }, run) {
  const elsewhere = await stage([json(project, 201)]);
  const prepared = typeof answers === "function" ? answers(elsewhere.url) : answers;
  const server = refused ? await nobody() : await stage(prepared);
  try {
    const ended = await run(server.url, server.requests);
    return { ended, requests: [...server.requests], elsewhere };
  } finally {
    server.close();
    elsewhere.close();
  }
}

/**
 * Stages all of them: side by side, as most only wait, and the quiet ones one by one when those are done.
 * @param perform stages one; what it gives is given in the order of the situations
 */
export async function playAll(situations, perform) {
  const given = await Promise.all(situations.map((one) => (one.quiet ? undefined : perform(one))));
  for (const [at, one] of situations.entries()) if (one.quiet) given[at] = await perform(one);
  return given;
}
