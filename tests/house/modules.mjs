// The modules of a crate, read from its source files: what each defines, what it imports, and which paths it names.
// Unit tests are left out, as what they use is no part of the structure.
import { posix } from "node:path";
import { groupEnd, tokens } from "./tokens.mjs";

const definers = new Set(["fn", "struct", "enum", "trait", "const", "static", "type", "union"]);
/** Items that end with a semicolon, whatever braces they hold. */
const statements = new Set(["use", "const", "static", "type", "let"]);
const pathInText = /^(?:crate|self|super)(?:::\w+)+$/;
const quotes = new Set(["quote", "quote_spanned", "parse_quote", "parse_quote_spanned"]);

export const isTestFile = (path) => /(^|\/)tests(\.rs$|\/)/.test(path);

/**
 * A crate whose first file is `root`.
 * @param read gives the text of a file, or undefined where there is none
 * @returns the root module. A module has `files` (several where `cfg` chooses), `parent`, `children` by name, `defined`
 * names, `imports` (`{ path, name, glob }`), and `mentions`: `{ file, line, path }` for each path in its code, `{ macro }`
 * for each macro that it calls, `{ attribute }` for each attribute. `testLines` counts the lines of its unit tests.
 */
export function readCrate(root, read) {
  const top = emptyModule(undefined, root);
  readFile(top, root, posix.dirname(root), read);
  return top;
}

function emptyModule(parent, file) {
  return {
    files: [file],
    parent,
    children: new Map(),
    defined: new Set(),
    macros: new Set(),
    imports: [],
    mentions: [],
    quoted: [],
    testLines: 0,
  };
}

/** All modules of a crate, the given one first. */
export function* allModules(module) {
  yield module;
  for (const child of module.children.values()) yield* allModules(child);
}

function readFile(module, file, folder, read) {
  const source = read(file);
  if (source === undefined) throw new Error(`there is no ${file}`);
  const list = tokens(source);
  readItems({ list, file, read }, 0, list.length, module, folder);
}

/**
 * Reads the tokens from `start` to `end`, which are the body of a module.
 * @param folder where the files of its children lie
 */
function readItems(source, start, end, module, folder) {
  const { list, file } = source;
  const is = (at, value) => list[at]?.value === value && list[at].kind !== "text";
  const isWord = (at) => list[at]?.kind === "word";
  const opens = (at) => list[at]?.kind === "mark" && "([{".includes(list[at].value);
  const mention = (at, more) => module.mentions.push({ file, line: list[at].line, ...more });
  // How many brackets are open: what is defined inside of one belongs to a function or a type.
  let depth = 0;
  let attributes = [];
  let attributeEnd = 0;
  let quoteEnd = 0;

  for (let at = start; at < end; at++) {
    const { kind, value } = list[at];
    const inAttribute = at < attributeEnd;
    if (kind === "text" && inAttribute && pathInText.test(value)) {
      const into = at < quoteEnd ? module.quoted : module.mentions;
      into.push({ file, line: list[at].line, path: value.split("::") });
    }
    if (kind === "mark") {
      if (value === "#" && (is(at + 1, "[") || (is(at + 1, "!") && is(at + 2, "[")))) {
        const open = is(at + 1, "[") ? at + 1 : at + 2;
        attributeEnd = groupEnd(list, open);
        attributes.push(list.slice(open + 1, attributeEnd - 1));
        if (isWord(open + 1) && at >= quoteEnd) mention(at, { attribute: list[open + 1].value });
        if (open === at + 1 && isForTests(attributes.at(-1))) {
          const after = itemEnd(list, attributeEnd, end);
          module.testLines += list[after - 1].line - list[at].line + 1;
          at = after - 1;
          attributes = [];
        }
      } else if ("([{".includes(value)) depth += 1;
      else if (")]}".includes(value)) depth -= 1;
      if (!inAttribute && (value === ";" || value === "}")) attributes = [];
      continue;
    }
    if (kind !== "word") continue;

    if (value === "mod" && isWord(at + 1) && !inAttribute && at >= quoteEnd) {
      const name = list[at + 1].value;
      if (is(at + 2, "{")) {
        const after = groupEnd(list, at + 2);
        const child = childOf(module, name, file);
        readItems(source, at + 3, after - 1, child, posix.join(folder, name));
        at = after - 1;
        attributes = [];
      } else if (is(at + 2, ";")) {
        for (const path of filesOf(name, attributes, file, folder, source.read)) {
          if (isTestFile(path)) continue;
          const below = /(^|\/)mod\.rs$/.test(path) ? posix.dirname(path) : path.replace(/\.rs$/, "");
          readFile(childOf(module, name, path), path, below, source.read);
        }
      }
      continue;
    }
    if (value === "use" && !is(at + 1, "<") && at >= quoteEnd) {
      const { leaves, after } = useTree(list, at + 1, []);
      for (const leaf of leaves) {
        if (leaf.path.length === 0) continue;
        mention(at, { path: leaf.path });
        if (depth === 0) module.imports.push(leaf);
      }
      at = after;
      continue;
    }
    if (value === "macro_rules" && is(at + 1, "!") && isWord(at + 2)) {
      module.macros.add(list[at + 2].value);
      at += 2;
      continue;
    }
    if (definers.has(value) && depth === 0 && isWord(at + 1)) module.defined.add(list[at + 1].value);
    if (is(at + 1, "!") && opens(at + 2)) {
      const after = groupEnd(list, at + 2);
      if (quotes.has(value)) quoteEnd = Math.max(quoteEnd, after);
      else if (at >= quoteEnd && !is(at - 1, "::")) {
        const inside = list.slice(at + 3, after - 1).filter(({ kind }) => kind === "word");
        mention(at, { macro: value, words: new Set(inside.map((token) => token.value)) });
      }
    }
    // The first word of a path; `pub(in crate::client)` says who sees something, and uses nothing.
    const seen = is(at - 1, "in") && is(at - 2, "(") && is(at - 3, "pub");
    if (is(at + 1, "::") && !is(at - 1, "::") && !is(at - 1, ".") && !seen) {
      const path = [value];
      let next = at + 1;
      for (; is(next, "::") && isWord(next + 1); next += 2) path.push(list[next + 1].value);
      const into = at < quoteEnd ? module.quoted : module.mentions;
      into.push({ file, line: list[at].line, path });
    }
  }
}

/** The child of this name. One that `cfg` gives several files is one module with all of them. */
function childOf(parent, name, file) {
  const known = parent.children.get(name);
  if (known) known.files.push(file);
  else parent.children.set(name, emptyModule(parent, file));
  return parent.children.get(name);
}

/** Whether the attribute says that what follows is compiled for tests only. */
function isForTests(attribute) {
  const [first, , ...rest] = attribute.map(({ value }) => value);
  return first === "cfg" && rest.some((word, at) => word === "test" && rest[at - 2] !== "not");
}

/** The position behind the item, field or statement that begins here, other attributes of it included. */
function itemEnd(list, start, end) {
  let at = start;
  while (list[at]?.value === "#" && list[at + 1]?.value === "[") at = groupEnd(list, at + 1);
  const words = [];
  while (at < end && (list[at].kind === "word" || list[at].value === "(")) {
    if (list[at].kind === "word") words.push(list[at].value);
    at = list[at].kind === "word" ? at + 1 : groupEnd(list, at);
  }
  const statement = words.some((word) => statements.has(word)) && !words.includes("fn");
  const item =
    statement || words.some((word) => ["fn", "mod", "struct", "enum", "trait", "impl", "extern"].includes(word));
  while (at < end) {
    const { kind, value } = list[at];
    if (kind === "mark" && (value === ";" || (value === "," && !item))) return at + 1;
    if (kind === "mark" && "([{".includes(value)) {
      at = groupEnd(list, at);
      if (value === "{" && !statement) return at;
    } else at += 1;
  }
  return end;
}

/** Files of `mod name;`: those that its attributes name, or the one that Rust looks for. */
function filesOf(name, attributes, file, folder, read) {
  const named = attributes.flatMap((attribute) =>
    attribute.flatMap(({ kind, value }, at) =>
      kind === "text" && attribute[at - 1]?.value === "=" && attribute[at - 2]?.value === "path" ? [value] : [],
    ),
  );
  if (named.length > 0) return named.map((path) => posix.join(posix.dirname(file), path));
  const usual = [posix.join(folder, `${name}.rs`), posix.join(folder, name, "mod.rs")];
  const [found] = usual.filter((path) => read(path) !== undefined);
  if (!found) throw new Error(`${file} declares the module ${name}, but there is neither ${usual.join(" nor ")}`);
  return [found];
}

/** The paths of `use a::{b, c as d, e::*}`, and the position behind the last token of it. */
function useTree(list, start, before) {
  const path = [...before];
  for (let at = start; ; at++) {
    const { kind, value } = list[at] ?? { value: ";" };
    if (kind === "word" && value !== "as") path.push(value);
    else if (value === "*") return { leaves: [{ path, glob: true }], after: at + 1 };
    else if (value === "{") {
      const leaves = [];
      const after = groupEnd(list, at);
      for (let next = at + 1; next < after - 1; ) {
        const inner = useTree(list, next, path);
        leaves.push(...inner.leaves);
        next = list[inner.after]?.value === "," ? inner.after + 1 : Math.max(inner.after, next + 1);
      }
      return { leaves, after };
    } else if (value !== "::") {
      const whole = path.length > 1 && path.at(-1) === "self" ? path.slice(0, -1) : path;
      const renamed = value === "as";
      return {
        leaves: [{ path: whole, name: renamed ? list[at + 1].value : whole.at(-1) }],
        after: renamed ? at + 2 : at,
      };
    }
  }
}
