// `npm run situations`: what becomes of a call when something goes wrong, in this client and in others; every cell is
// computed from what happened. Prints both tables of the guides; `npm run situations -- --write` puts them there.
import { build } from "../pkg/build.mjs";
import { writeTable } from "./document-tables.mjs";
import { comparedTable, prepare } from "./situations/compared.mjs";
import { ownTable } from "./situations/own.mjs";

const write = process.argv.includes("--write");
const put = (text, block) => {
  console.log(text);
  if (write) writeTable(block, text);
};

await build({ quiet: true });
put(await ownTable(), "situations");
if (await prepare()) put(await comparedTable(), "compared");
else console.log("THE OTHER CLIENTS WERE SKIPPED: THERE IS NO ../shared/api/openapi.json AND $OPENAPI NAMES NONE");
// Calls that hang would keep the process alive.
process.exit();
