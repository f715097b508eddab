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
  const names = [...written.matchAll(/^export (?:declare )?(?:interface|type|class) (\w+)/gm)].map(([, name]) => name);
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  const imports = used.length > 0 ? `import type { ${used.join(", ")} } from "../index.js";\n` : "";
  return `${generated}\n${imports}\n${text.replace(/\n{3,}/g, "\n\n").trim()}\n`;
}
