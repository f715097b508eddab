// A program: milliseconds that the import of a client and its first call take in a process of their own.
import { pathToFileURL } from "node:url";
import { answerWith, projectList } from "./answers.mjs";

answerWith(projectList());
const start = performance.now();
const { projects } = await import(pathToFileURL(process.argv[2]).href);
await projects();
console.log(performance.now() - start);
