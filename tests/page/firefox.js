// Firefox as Debian has it. It is driven by puppeteer, over WebDriver BiDi: playwright drives only a Firefox of its own making.
import { install, tool } from "../runtimes/harness/install.mjs";
import { installFromDebian, onPath } from "../browser.js";

const commands = ["firefox-esr", "firefox"];

/** Resolves to the path of a Firefox, or to the reason why there is none. */
async function find() {
  const path = process.env.FIREFOX_PATH ?? onPath(commands);
  if (path) return { path };
  await installFromDebian("Debian's firefox-esr", ["firefox-esr"]);
  const installed = onPath(commands);
  return installed ? { path: installed } : { reason: "there is no Firefox here, and none could be installed" };
}

const { path, reason } = await find();

/** Why no test with Firefox can run here; undefined where they can. */
export { reason as skip };

/** Starts it without a window; puppeteer's `Browser`. Whoever starts it closes it. */
export async function launchFirefox() {
  await install();
  const { default: puppeteer } = await tool("puppeteer-core");
  return puppeteer.launch({ browser: "firefox", executablePath: path, headless: true });
}
