// The models as TypeScript sees them: wasm-pack's declarations without the functions, which only client.js calls.
import { generated } from "./generated.mjs";

/**
 * @param source text of wasm-pack's `.d.ts`
 * @param api names of the functions to drop
 * @param written text of the hand-written index.d.ts, whose types the models and their documentation may name
 */
export function modelTypes(source, api, written) {
  let text = source.replace(/^\/\* (tslint:disable|eslint-disable) \*\/\n/gm, "");
  for (const name of api) {
    // With its documentation: a comment that ends right before it and holds no other comment's end.
    const declaration = new RegExp(
      `^(/\\*\\*\\n(?: \\*(?!/).*\\n)* \\*/\\n)?export function ${name}\\(.*\\): .*;\\n+`,
      "m",
    );
    if (!declaration.test(text)) throw new Error(`the declarations have no function ${name} of the form expected`);
    text = text.replace(declaration, "");
  }
  // Absent and undefined are the same to the client.
  text = text.replace(/^( +[\w"']+\?: )(.*?)( \| undefined)?;$/gm, "$1$2 | undefined;");
  const other = /^(?:export )?(?:declare )?(?:function|class|const|let|var|namespace|default)\b.*$/m.exec(text);
  if (other) throw new Error(`the declarations hold what is neither type nor interface: ${other[0]}`);
  text = freezeLists(refuseAnswers(text));
  const names = [...written.matchAll(/^export (?:declare )?(?:interface|type|class) (\w+)/gm)].map(([, name]) => name);
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  const imports = used.length > 0 ? `import type { ${used.join(", ")} } from "../index.js";\n` : "";
  return `${generated}\n${imports}\n${text.replace(/\n{3,}/g, "\n\n").trim()}\n`;
}

/**
 * A body has no fields that only the answers have which it can be made of: TypeScript would take such an answer for a body,
 * as it has all fields of one. With these fields, which must be absent, it does not.
 */
function refuseAnswers(text) {
  const declarations = declarationsOf(text);
  const fields = (name) => Array.from(declarations.get(name).matchAll(/^ +(\w+)\??: /gm), ([, field]) => field);
  for (const line of linesOf(declarations.get("Writables") ?? "")) {
    const [, answers, body] = /^"": { answer: (.+); body: (\w+)(?:\[\])? };$/.exec(line) ?? [];
    const start = `export interface ${body} {\n`;
    if (!text.includes(start)) throw new Error(`a body that is made of answers is not of the form expected: ${line}`);
    const known = new Set(fields(body));
    const names = new Set(
      answers
        .match(/\b[A-Z]\w*/g)
        .flatMap(fields)
        .filter((field) => !known.has(field)),
    );
    const end = text.indexOf("\n}\n", text.indexOf(start)) + 1;
    text = `${text.slice(0, end)}${Array.from(names, absent).join("")}${text.slice(end)}`;
  }
  return text;
}

const absent = (name) =>
  `    /**\n     * @deprecated Answers alone have it: \`writable\` makes a body of an answer.\n     */\n    ${name}?: undefined;\n`;

/**
 * Lists in what is only sent become `readonly`, so that they take constants too: `["a"] as const`. A type that answers
 * have as well keeps its lists, as users may change what they got.
 */
function freezeLists(text) {
  const declarations = declarationsOf(text);
  const received = receivedTypes(declarations);
  const given = new Set([...sentTypes(declarations)].filter((name) => !received.has(name)));
  let name;
  const freeze = (line) => {
    name = /^export (?:interface|type) (\w+)/.exec(line)?.[1] ?? name;
    const code = given.has(name) && !/^ *(?:\/\*)?\*/.test(line);
    return code ? line.replace(literalOrList, (found, item) => (item ? `readonly ${found}` : found)) : line;
  };
  const frozen = text.split("\n").map(freeze).join("\n");
  const after = declarationsOf(frozen);
  const left = [...given].find((one) => after.get(one).replace(readonlyList, "").includes("[]"));
  if (left) throw new Error(`${left}, which is only sent, has a list in a place that is not expected`);
  return frozen;
}

const literalOrList = /"(?:[^"\\]|\\.)*"|(\w+|\([^()]*\))\[\]/g;
const readonlyList = /readonly (?:\w+|\([^()]*\))\[\]/g;

/** What stands behind the name of each type, without comments and literals. Interfaces of one name are one. */
function declarationsOf(text) {
  const comment = /^ *\/\*\*\n(?: +\*(?!\/).*\n)* +\*\/\n/gm;
  const bare = text.replace(comment, "").replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
  const declarations = new Map();
  for (const part of bare.split(/^(?=[^\s}])/m).filter((part) => part.trim())) {
    const [, name, rest] = /^export (?:interface|type) (\w+)\b(.*)$/s.exec(part) ?? [];
    if (!name || rest.includes("/*")) throw new Error(`a declaration is not of the form expected:\n${part}`);
    declarations.set(name, (declarations.get(name) ?? "") + rest);
  }
  return declarations;
}

/** Names of the types of all arguments, and of the types that these name in turn. */
const sentTypes = (declarations) => typesNamedBy(declarations, ({ parameters }) => parameters);

/** Names of the types of all answers, and of the types that these name in turn. */
const receivedTypes = (declarations) => typesNamedBy(declarations, ({ answer }) => answer);

function typesNamedBy(declarations, part) {
  const names = new Set();
  const add = (text) => {
    for (const [name] of text.matchAll(/\b[A-Z]\w*/g)) {
      if (!declarations.has(name) || names.has(name)) continue;
      names.add(name);
      add(declarations.get(name));
    }
  };
  for (const group of groupsOf(declarations)) methodsOf(declarations.get(group)).map(part).forEach(add);
  return names;
}

/** Names of the interfaces that hold the methods: the types of the client's properties, and of those of a version of the API. */
function groupsOf(declarations, holder = "Resources") {
  const lines = linesOf(declarations.get(holder) ?? "");
  return lines.flatMap((line) => {
    const [, group] = /^readonly \w+: (\w+);$/.exec(line) ?? [];
    if (!declarations.has(group)) throw new Error(`the declarations lack the methods of a property: ${line}`);
    return group === "V2" ? groupsOf(declarations, group) : [group];
  });
}

/** The arguments and the answer of each method. */
function methodsOf(group) {
  return linesOf(group).map((line) => {
    const [, parameters, answer] = /^\w+(?:<.*>)?\((.*?)\): (.+);$/.exec(line) ?? [];
    if (parameters === undefined) throw new Error(`a method is not of the form expected: ${line}`);
    return { parameters, answer };
  });
}

/** The lines of an interface, or of several that are one. */
const linesOf = (body) =>
  body
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && line !== "{" && line !== "}");
