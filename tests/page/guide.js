// The steps that the documents tell a beginner, read from the documents themselves, so that what is tested is what is written.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What a numbered list tells to press, in its order: `press` is the name of a link or a button, `said` what the page then says. */
export function stepsToPress(name) {
  return readFileSync(fileURLToPath(new URL(`../../www/docs/${name}`, import.meta.url)), "utf8")
    .split("\n")
    .filter((line) => /^\d+\. /.test(line))
    .map((line) => ({ press: /\*\*(.+?)\*\*/.exec(line)[1], said: /“(.+?)”/.exec(line)?.[1] }));
}
