// A program: times of calls within one process, printed as JSON. Arguments: `small` or `large`, the answer that all calls
// get; then ids and files of clients, in turns.
import { pathToFileURL } from "node:url";
import { answerWith, functionList, projectList, ref } from "./answers.mjs";
import { parsing, race, timed } from "./race.mjs";

const [size, ...paths] = process.argv.slice(2);
const small = size === "small";
const json = small ? projectList() : functionList();
const { length } = JSON.parse(json);
answerWith(json);

const tasks = small ? {} : { "JSON.parse": parsing(json) };
for (let at = 0; at < paths.length; at += 2) {
  const [id, file] = paths.slice(at);
  const { projects, functions } = await import(pathToFileURL(file).href);
  const call = small ? projects : () => functions(ref);
  const list = await call();
  if (list?.length !== length) throw new Error(`${id} gave ${list?.length} items of ${length}`);
  tasks[id] = timed(call, small ? 100 : 1);
}

// Engines take hundreds of calls until they have made of the code, and of the heap, what they make of them.
console.log(JSON.stringify(await race(tasks, small ? { rounds: 40, warmUp: 20 } : { rounds: 150, warmUp: 400 })));
