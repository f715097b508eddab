// Reads the declarations of the package, as far as the catalog needs them: the texts about methods, types and their fields.
// They are written by the build in one form, so lines are enough to tell what is what.

const comment = /^ *\/\*\*$/;
const commentEnd = /^ *\*\/$/;
const property = /^ {4}(?:readonly )?(?:"([^"]+)"|(\w+))(\??): (.*);$/;
const method = /^ {4}(\w+)(?:<.*?>)?\((.*)\): (.*);$/;

/**
 * @param text text of `dist/types.d.ts`
 * @returns by name of a type: `{ about, members, alias }`. A member has `fields` by name, each `{ about, type, optional }`, and
 * `methods` by name, each `{ about, parameters, result, text }`. Unions of objects have a member for each; an alias is the type that it stands for.
 */
export function readDeclarations(text) {
  const types = new Map();
  let about = "";
  let type;
  let member;
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (comment.test(line)) {
      const end = lines.findIndex((one, index) => index > at && commentEnd.test(one));
      about = lines
        .slice(at + 1, end)
        .map((one) => one.replace(/^ *\* ?/, ""))
        .join("\n");
      at = end;
      continue;
    }
    const [, name, rest] = /^export (?:interface|type) (\w+)(?:<\w+>)?(.*)$/.exec(line) ?? [];
    if (name) {
      type = types.get(name) ?? { about, members: [], alias: "" };
      types.set(name, type);
      if (rest.endsWith("{")) type.members.push((member = emptyMember()));
      else type.alias = rest.replace(/^ = /, "").replace(/;$/, "");
    } else if (/^\} (?:\||&) \{$/.test(line)) {
      type.members.push((member = emptyMember()));
    } else if (member) {
      read(line, about, member);
    }
    about = "";
  }
  return types;
}

const emptyMember = () => ({ fields: new Map(), methods: new Map() });

function read(line, about, member) {
  const [, quoted, plain, mark, type] = property.exec(line) ?? [];
  if (type) return void member.fields.set(quoted ?? plain, { about, type, optional: mark === "?" });
  const [, name, parameters, result] = method.exec(line) ?? [];
  if (name) member.methods.set(name, { about, parameters, result, text: line.trim() });
}

/** A comment without its tags: the text, the parameters by name, and what it is deprecated for. */
export function readComment(about) {
  const [text, ...tags] = about.split(/^(?=@)/m);
  const parameters = {};
  let deprecated;
  let experimental = false;
  for (const tag of tags) {
    const [, name, words] = /^@param (\w+) (.*)$/s.exec(tag) ?? [];
    if (name) parameters[name] = words.trim();
    if (tag.startsWith("@deprecated")) deprecated = tag.slice("@deprecated".length).trim();
    if (tag.startsWith("@experimental")) experimental = true;
  }
  return { text: text.trim(), parameters, deprecated, experimental };
}
