// The steps that the documents tell a beginner, read from the documents themselves, so that what is tested is what is written.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const read = (name) => readFileSync(fileURLToPath(new URL(`../../www/docs/${name}`, import.meta.url)), "utf8");

/** What a numbered list tells to press, in its order: `press` is the name of a link or a button, `said` what the page then says. */
export function stepsToPress(name) {
  return read(name)
    .split("\n")
    .filter((line) => /^\d+\. /.test(line))
    .map((line) => ({ press: /\*\*(.+?)\*\*/.exec(line)[1], said: /“(.+?)”/.exec(line)?.[1] }));
}

/**
 * What a section tells to type, in its order: `run` is what goes into a terminal, `write` a file with its `text`, and `printed` a
 * text that the words below promise.
 */
export function stepsToType(name, heading) {
  const [, section] = read(name).split(`\n## ${heading}\n`);
  const text = section.split(/\n## /)[0];
  const steps = [];
  let words = "";
  for (const part of text.split(/^(```\w+\n[\s\S]*?^```)$/m)) {
    const [, language, code] = /^```(\w+)\n([\s\S]*)```$/.exec(part) ?? [];
    if (language === "sh") steps.push({ run: code });
    else if (language === "js") steps.push({ write: /as `([\w.]+)`/.exec(words)[1], text: code });
    else {
      words = part;
      const promised = /`([^`]+)`(?: is among the lines|[.,]? and it finds)|says `([^`]+)`/.exec(part);
      if (promised && steps.length > 0) steps.at(-1).printed = promised[1] ?? promised[2];
    }
  }
  return steps;
}
