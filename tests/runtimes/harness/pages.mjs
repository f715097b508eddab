// Pages in the one browser that all rows share; each page has a context (cache, service workers) of its own.
import { setTimeout as sleep } from "node:timers/promises";
import { launch } from "../../browser.js";

const patience = 30_000;
let browser;

/**
 * Opens a page and waits for its `globalThis.outcome`, a promise. Resolves to its value, rejects with its error, or
 * with what the browser had to say when the page's script never came that far.
 */
export async function outcome(address, parameters) {
  browser ??= launch();
  const context = await (await browser).newContext();
  try {
    const page = await context.newPage();
    // Errors that nobody caught, unhandled rejections among them, and what the browser logs, a failed load for example.
    const uncaught = [];
    const logged = [];
    page.on("pageerror", (error) => uncaught.push(error.stack));
    page.on("console", (message) => message.type() === "error" && logged.push(message.text()));
    await page.goto(`${address}?${new URLSearchParams(parameters)}`);
    const { value, error } = await settled(page, () => uncaught.length + logged.length > 0);
    if (error || uncaught.length > 0) throw new Error([error, ...uncaught, ...logged].join("\n"));
    return value;
  } finally {
    await context.close();
  }
}

/**
 * A script may set the outcome after the load event, and a dev server may reload the page meanwhile: ask again. Not for
 * long, though, where the browser has complained already.
 */
async function settled(page, complained) {
  const begin = Date.now();
  for (;;) {
    const answer = await page.evaluate(ask, patience).catch((error) => ({ again: error.message }));
    if (!("again" in answer)) return answer;
    const waited = Date.now() - begin;
    if (waited > (complained() ? 3_000 : patience)) return { error: `${answer.again} after ${waited} ms` };
    await sleep(20);
  }
}

/** Runs in the page. Playwright's own waiting would need `eval`, which the pages with a security policy forbid. */
function ask(limit) {
  if (!globalThis.outcome) return { again: "the page's script has not run" };
  const late = new Promise((resolve) => setTimeout(resolve, limit, { error: "the check never settled" }));
  const settled = globalThis.outcome.then(
    (value) => ({ value }),
    (error) => ({ error: `${error?.stack ?? error}` }),
  );
  return Promise.race([settled, late]);
}

export async function closeBrowser() {
  const opened = await browser?.catch(() => undefined);
  browser = undefined;
  await opened?.close();
}
