// Our types and those of openapi-typescript, compared by TypeScript itself in a program that is written into target/.
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { install, root } from "../../../pkg/build/install.mjs";

const home = fileURLToPath(new URL("..", import.meta.url));
const work = join(root, "target", "types-description");
const announcement = "tests/types: installing openapi-typescript (npm ci, about 45 MB, once) …";
const head = [
  'import type { Eszip, SupabaseManagement as Client } from "../../pkg/index.js";',
  'import type { Answer, Argument, Differences, Nothing, Received, Sent } from "../../tests/types/description/compare.mjs";',
  'import type { paths as Paths } from "./theirs.mjs";',
];

export const directions = ["ours to theirs", "theirs to ours"];

/**
 * All places where what stands first in a direction is not assignable to what stands second there, as
 * `{ endpoint, direction, place, found }`; `found` is what the first may be there and the second may not.
 * @param compared operations, as operations.mjs finds them
 */
export async function findDifferences(description, compared) {
  await install(home, announcement);
  mkdirSync(work, { recursive: true });
  writeFileSync(join(work, "theirs.d.mts"), await typesOf(description));
  const checks = compared.flatMap(({ id, parts }) => parts.flatMap((part) => checksOf(id, part)));
  writeFileSync(join(work, "check.mts"), [...head, ...checks, ""].join("\n"));
  return differencesIn(await compile());
}

async function typesOf(description) {
  const { default: generate, astToString } = await import("openapi-typescript");
  // What has a default may be left out of a request, and an object without known fields is not an empty one.
  const options = { silent: true, defaultNonNullable: false, emptyObjectsUnknown: true };
  return astToString(await generate(description, options));
}

/** A part in both directions: each a line of the program, in which it is an error that there are differences. */
function checksOf(endpoint, { at, ours, theirs }) {
  const pairs = [`${ours}, ${theirs}`, `${theirs}, ${ours}`];
  return pairs.map(
    (pair, number) =>
      `(null! as \`${endpoint}: ${directions[number]}: \${Differences<${pair}, "${at}">}\`) satisfies never;`,
  );
}

function compile() {
  const args = ["--project", join(home, "description", "tsconfig.json"), "--pretty", "false"];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, "node_modules", "typescript", "bin", "tsc"), ...args],
      { cwd: root, maxBuffer: Infinity },
      (error, stdout, stderr) => resolve(`${stdout}${stderr}` || (error?.message ?? "")),
    );
  });
}

/** The differences that the compiler names in its errors. An error of another kind means that nothing was compared. */
function differencesIn(output) {
  const errors = output.split(/\n(?! )/).filter(Boolean);
  return errors.flatMap((error) => {
    const [, texts] = /error TS1360: Type '(".*")' does not satisfy the expected type 'never'/.exec(error) ?? [];
    if (!texts) throw new Error(`the types cannot be compared:\n${output}`);
    return texts.match(/"(?:[^"\\]|\\.)*"/g).map((text) => {
      const [, endpoint, direction, place, found] = /^(.*?): (.*?): (.*?): (.*)$/s.exec(JSON.parse(text));
      return { endpoint, direction, place, found };
    });
  });
}
