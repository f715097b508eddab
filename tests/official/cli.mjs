// The commands of the official CLI, one after the other against one sandbox, each with what it must print and the state
// that it must leave.
import { officialCli, ref, serve } from "./harness.mjs";
import account from "./cli/account.mjs";
import settings from "./cli/settings.mjs";
import work from "./cli/work.mjs";

export const commands = [...account, ...settings, ...work];

const words = (command) =>
  [...command.matchAll(/"([^"]*)"|(\S+?"[^"]*"|\S+)/g)].map(([word]) => word.replaceAll('"', ""));

/** What the command is called in the table: without values. */
export function titleOf(command) {
  const text = typeof command === "function" ? command({ kept: {} }) : command;
  return (Array.isArray(text) ? text.join(" ") : text)
    .replace(` --project-ref ${ref}`, "")
    .replaceAll(/"?undefined"? ?/g, "")
    .replace(/--timestamp \d+/, "--timestamp …")
    .trim();
}

/** Runs all commands. `tell` hears of each: its title, how long it took, and the error if there was one. */
export async function tryCli(tell, { server = undefined } = {}) {
  const own = server ?? (await serve());
  const cli = officialCli(own);
  const kept = {};
  try {
    for (const { before, command, input, quiet = false, prove, state } of commands) {
      const at = { ...cli, ...own, kept };
      const title = titleOf(command);
      let result;
      try {
        await before?.(at);
        const given = typeof command === "function" ? command(at) : command;
        const args = Array.isArray(given) ? given : words(given);
        result = await cli.supabase(quiet ? args : [...args, "-o", "json"], input);
        if (result.code !== 0) throw new Error(`it ended with ${result.code}`);
        const more = { text: result.out + result.err, code: result.code };
        if (!quiet) more.json = parsed(result.out);
        await prove?.({ ...at, ...more });
        await state?.(at);
        tell({ title, ms: result.ms });
      } catch (error) {
        tell({ title, ms: result?.ms, error, printed: result && `${result.out}\n${result.err}` });
      }
    }
  } finally {
    if (!server) await own.end();
  }
}

/** The JSON that a command printed; undefined where it printed none. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
