// The command `sandbox` of the command line.
import { readOptions } from "../command/arguments.js";

const known = {
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

/** Gives the options of the command; see {@link readOptions}. */
export function parse(args) {
  const read = readOptions("sandbox", args, known);
  if (read.options?.["db-project"] !== undefined && read.options["db-port"] === undefined) {
    return { fault: "--db-project says whose database --db-port serves, which is missing" };
  }
  return read;
}
