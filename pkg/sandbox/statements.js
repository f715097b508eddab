// Where one statement ends and the next begins. Postgres itself judges what each of them is: where this is wrong it refuses a
// statement, and never runs what it should not.

/** What may hold a semicolon that ends nothing: strings, names, bodies in dollars, comments; block comments can be nested. */
const opaque =
  /(?<escape>\b[eE]'(?:[^'\\]|\\.|'')*'?)|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|--[^\n]*|(?<block>\/\*)|(?<![\w$])(?<tag>\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|;/gs;

/** The statements of a text, each with how many characters stand before it. */
export function statementsOf(sql) {
  const found = [];
  let start = 0;
  const end = (at) => {
    const text = sql.slice(start, at);
    if (text.trim() !== "") found.push({ sql: text, before: [...sql.slice(0, start)].length });
    start = at + 1;
  };
  opaque.lastIndex = 0;
  for (let match = opaque.exec(sql); match; match = opaque.exec(sql)) {
    const { block, tag } = match.groups;
    if (match[0] === ";") end(match.index);
    else if (block) opaque.lastIndex = afterComment(sql, match.index);
    else if (tag) {
      const close = sql.indexOf(tag, opaque.lastIndex);
      opaque.lastIndex = close < 0 ? sql.length : close + tag.length;
    }
  }
  end(sql.length);
  return found;
}

function afterComment(sql, from) {
  let depth = 0;
  for (const { 0: mark, index } of sql.slice(from).matchAll(/\/\*|\*\//g)) {
    depth += mark === "/*" ? 1 : -1;
    if (depth === 0) return from + index + 2;
  }
  return sql.length;
}
