// Options of a command. Every fault is told in the same words, whatever it is.

/**
 * Reads the arguments after the name of a command.
 * @param known by name, what each option is: `{ flag: true }` takes no value, `{ value, most }` takes one; `value` is what it is by default, and
 * `most` says that it is a whole number up to that
 * @returns `{ options }` by name, numbers as numbers; `{ command }` where help or the version was asked for; or the `fault` of the line
 */
export function readOptions(command, args, known) {
  const options = {};
  for (const [name, { flag, value }] of Object.entries(known)) options[name] = flag ? false : value;
  let asked;
  for (let at = 0; at < args.length; at++) {
    if (!args[at].startsWith("-")) return { fault: `${command} takes options only, and no "${args[at]}"` };
    const [, option, , inline] = /^([^=]+)(=(.*))?$/s.exec(args[at]) ?? [];
    const name = option?.replace(/^--/, "");
    const isHelp = ["--help", "-h", "--version"].includes(option);
    if (!isHelp && (!option?.startsWith("--") || !Object.hasOwn(known, name))) {
      return { fault: `there is no option ${option ?? args[at]}` };
    }
    if (isHelp || known[name].flag) {
      if (inline !== undefined) return { fault: `${option} takes no value` };
      if (!isHelp) options[name] = true;
      else if (asked !== "help") asked = option === "--version" ? "version" : "help";
      continue;
    }
    const value = inline ?? args[at + 1];
    if (value === undefined || value === "" || (inline === undefined && value.startsWith("--"))) {
      return { fault: `${option} takes a value` };
    }
    if (inline === undefined) at++;
    options[name] = value;
  }
  return asked ? { command: asked } : withNumbers(options, known);
}

function withNumbers(options, known) {
  for (const [name, { most }] of Object.entries(known)) {
    const text = options[name];
    if (most === undefined || text === undefined) continue;
    if (!/^\d{1,10}$/.test(text) || Number(text) > most) {
      return { fault: `--${name} takes a whole number up to ${most}` };
    }
    options[name] = Number(text);
  }
  return { options };
}
