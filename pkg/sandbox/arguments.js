// The command line. Every fault is told in the same words, whatever it is.

/** Options that take a value: what it is by default, and the most it may be where it is a number. */
const valued = {
  port: { value: "8787", most: 65_535 },
  host: { value: "127.0.0.1" },
  state: {},
  seed: {},
  "startup-ms": { value: "6000", most: 2 ** 31 - 1 },
  "rate-limit": { value: "120", most: 2 ** 31 - 1 },
  "db-port": { most: 65_535 },
  "db-project": {},
};

export const usage = `Usage: supabase-management-wasm sandbox [options]

Serves the Supabase Management API from an account of its own on this machine. Every token
that begins with sbp_ is accepted. SQL runs where @electric-sql/pglite is installed.

Options:
  --port N          port to listen on, 0 for any that is free (default: 8787)
  --host ADDRESS    address to listen on (default: 127.0.0.1, which only this machine reaches)
  --state FILE      load the account from this file if it exists, and save it there a moment
                    after each change and at the end; it holds the values of secrets in
                    clear. Databases are kept beside it, in FILE.databases
  --seed FILE       begin with what this JSON file tells, unless the account is loaded from a
                    state
  --startup-ms N    milliseconds until a new project is healthy (default: 6000)
  --rate-limit N    calls per minute for each token, endpoint and project; 0 for no limit
                    (default: 120)
  --db-port N       port on which psql and other clients of Postgres reach one database, 0
                    for any that is free; needs @electric-sql/pglite-socket
  --db-project REF  the project whose database that is (default: the first one)
  -h, --help        print this
  --version         print the version of the package
`;

/** Gives a command and its options by their names, numbers as numbers; or the `fault` of the line. */
export function parseArguments(args) {
  const given = Object.fromEntries(Object.entries(valued).map(([name, { value }]) => [name, value]));
  const words = [];
  let command = "sandbox";
  for (let at = 0; at < args.length; at++) {
    if (!args[at].startsWith("-")) {
      words.push(args[at]);
      continue;
    }
    const [, flag, , inline] = /^([^=]+)(=(.*))?$/s.exec(args[at]) ?? [];
    if (["--help", "-h", "--version"].includes(flag)) {
      if (inline !== undefined) return { fault: `${flag} takes no value` };
      if (command !== "help") command = flag === "--version" ? "version" : "help";
      continue;
    }
    const name = flag?.replace(/^--/, "");
    if (!flag?.startsWith("--") || !Object.hasOwn(valued, name))
      return { fault: `there is no option ${flag ?? args[at]}` };
    const value = inline ?? args[at + 1];
    if (value === undefined || value === "" || (inline === undefined && value.startsWith("--"))) {
      return { fault: `${flag} takes a value` };
    }
    if (inline === undefined) at++;
    given[name] = value;
  }
  if (command !== "sandbox") return { command };
  if (words.length === 0) return { fault: "a command is missing" };
  if (words[0] !== "sandbox") return { fault: `there is no command "${words[0]}"` };
  if (words.length > 1) return { fault: `sandbox takes options only, and no "${words[1]}"` };
  return withNumbers(given);
}

function withNumbers(given) {
  const options = { ...given };
  for (const [name, { most }] of Object.entries(valued)) {
    const text = given[name];
    if (most === undefined || text === undefined) continue;
    if (!/^\d{1,10}$/.test(text) || Number(text) > most) {
      return { fault: `--${name} takes a whole number up to ${most}` };
    }
    options[name] = Number(text);
  }
  if (options["db-project"] !== undefined && options["db-port"] === undefined) {
    return { fault: "--db-project says whose database --db-port serves, which is missing" };
  }
  return { command: "sandbox", options };
}
