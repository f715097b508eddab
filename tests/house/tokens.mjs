// Rust source text as a list of tokens, without comments and white space: what stands in a comment is no code.

const patterns = [
  ["space", /\s+|\/\/[^\n]*/y],
  // Raw strings end at a quote with as many `#` behind it as stood before the first one.
  ["text", /[bc]?r(#*)".*?"\1/sy],
  ["text", /[bc]?"(?:[^"\\]|\\.)*"/sy],
  ["char", /b?'(?:[^'\\\n]|\\(?:x[\da-fA-F]{2}|u\{[^}]*\}|.))'/y],
  ["lifetime", /'[\p{L}_][\p{L}\p{N}_]*/uy],
  ["word", /r#[\p{L}_][\p{L}\p{N}_]*|[\p{L}_][\p{L}\p{N}_]*/uy],
  ["number", /\d\w*(?:\.\d\w*)?/y],
  ["mark", /::/y],
  ["mark", /./suy],
];

/**
 * @returns a list of `{ kind, value, line }`; `kind` is "word", "text", "char", "lifetime", "number" or "mark". Words have
 * no `r#`, and texts no quotes.
 */
export function tokens(source) {
  const found = [];
  let line = 1;
  for (let at = 0; at < source.length; ) {
    const [kind, value] = source.startsWith("/*", at) ? ["space", comment(source, at)] : match(source, at);
    if (kind === "text") found.push({ kind, value: value.replace(/^[^"]*"|"#*$/g, ""), line });
    else if (kind !== "space") found.push({ kind, value: value.replace(/^r#/, ""), line });
    line += value.split("\n").length - 1;
    at += value.length;
  }
  return found;
}

function match(source, at) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const [value] = pattern.exec(source) ?? [];
    if (value !== undefined) return [kind, value];
  }
  throw new Error(`no token at position ${at}`);
}

/** A block comment, which may hold others. */
function comment(source, start) {
  let depth = 0;
  for (let at = start; at < source.length; ) {
    const two = source.slice(at, at + 2);
    depth += two === "/*" ? 1 : two === "*/" ? -1 : 0;
    at += two === "/*" || two === "*/" ? 2 : 1;
    if (depth === 0) return source.slice(start, at);
  }
  return source.slice(start);
}

const closing = { "(": ")", "[": "]", "{": "}" };

/** The position behind the group that begins at this position with a bracket of any kind. */
export function groupEnd(list, start) {
  let depth = 0;
  for (let at = start; at < list.length; at++) {
    const { kind, value } = list[at];
    if (kind !== "mark") continue;
    if (closing[value]) depth += 1;
    if (value === ")" || value === "]" || value === "}") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return list.length;
}
