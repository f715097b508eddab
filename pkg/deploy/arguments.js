// The command `deploy` of the command line.
import { readOptions } from "../command/arguments.js";

const known = {
  "project-ref": {},
  dir: { value: "supabase" },
  only: {},
  prune: {},
  secrets: {},
  jobs: { value: "4", most: 32 },
  "include-all": { flag: true },
  plan: { flag: true },
  "exit-code": { flag: true },
  yes: { flag: true },
  json: { flag: true },
};

export const usage = `Usage: supabase-management-wasm deploy [options]

Brings a Supabase project to what the folder supabase says: secrets, migrations, configuration,
functions. Shows what differs, asks where there is a person to ask, and sends only that.
The token is in SUPABASE_ACCESS_TOKEN. env(NAME) of config.toml asks the environment, then
supabase/.env and .env beside it.

Options:
  --project-ref REF  the project (default: SUPABASE_PROJECT_ID, then the one that the folder is
                     linked to)
  --dir FOLDER       the folder (default: supabase)
  --only PARTS       only these parts, with commas: secrets, migrations, config, functions
  --prune PARTS      remove what is not in the folder: secrets, functions
  --secrets FILE     set the variables of this file, a .env, as secrets
  --jobs N           functions that are bundled at once (default: 4)
  --include-all      apply migrations that are older than the last one of the project, too
  --plan             only show what differs
  --exit-code        with --plan: end with 3 where something differs
  --yes              do not ask
  --json             print plan and result as JSON
  -h, --help         print this
  --version          print the version of the package

Ends with 0 when it is done or there was nothing to do, 1 when it failed, 2 for wrong use, 3 for
a plan with changes under --plan --exit-code.
`;

/** Gives the options of the command; see {@link readOptions}. */
export function parse(args) {
  const read = readOptions("deploy", args, known);
  const { options } = read;
  if (options?.["exit-code"] && !options.plan) return { fault: "--exit-code goes with --plan, which is missing" };
  for (const name of ["only", "prune"]) {
    if (options?.[name] !== undefined) options[name] = options[name].split(",").map((part) => part.trim());
  }
  return read;
}
