// A run that a test kills: node killed.mjs JOURNAL ADDRESS. It says each project that has ended.
import { fleet } from "../../pkg/fleet.js";
import { journalFile } from "../../pkg/fleet/journal-file.js";

const [, , file, address] = process.argv;
const refs = Array.from({ length: 120 }, (_, at) => `project-${at}`);

const operation = async (ref, { resumed }) => {
  // A thing that has no name of its own cannot be made twice by mistake where it is looked for first.
  if (resumed && (await (await fetch(`${address}/${ref}`)).json())) return;
  await (await fetch(`${address}/${ref}`, { method: "POST" })).json();
};

const onProgress = ({ status, ref }) => {
  if (status === "done") console.log(ref);
};
const report = await fleet(refs, operation, { journal: journalFile(file), concurrency: 4, onProgress });
process.exitCode = report.complete ? 0 : 1;
