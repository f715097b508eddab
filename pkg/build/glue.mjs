// wasm-bindgen's glue is a module with state: views of the memory, the instance. After a trap a fresh instance needs fresh
// state, so the module becomes a function that makes one glue per instance. Whatever has an unexpected form fails the build.
import { generated } from "./generated.mjs";

/**
 * @param source text of wasm-bindgen's `…_bg.js`
 * @param names the maps of shrink.mjs
 * @param api names of the functions that are not wasm-bindgen's own
 */
export function glueFactory(source, { imports, exports }, api) {
  const exported = new Set();
  let body = needless.reduce(dropped, source).replace(/^export function ([\w$]+)\(/gm, (_, name) => {
    exported.add(name);
    return `function ${name}(`;
  });
  for (const line of body.split("\n")) refuse(line);
  const entries = [...imports].map(([name, short]) => [short, name]);
  for (const name of [...api, "__wbg_set_wasm"]) entries.push([name, name]);
  for (const [, name] of entries) {
    if (!exported.delete(name)) throw new Error(`the glue has no function ${name}`);
  }
  // What only served a panic: those are snipped.
  for (const name of exported) {
    const whole = new RegExp(`^function ${name.replaceAll("$", "\\$")}\\(.*?^\\}\n`, "ms");
    if (!whole.test(body)) throw new Error(`the glue exports what nobody imports: ${name}`);
    body = body.replace(whole, "");
  }
  const object = entries.map(([key, name]) => (key === name ? name : `${key}: ${name}`));
  return `${generated}
/**
 * Glue for one instance: \`new WebAssembly.Instance(module, { a: glue })\`, then \`glue.__wbg_set_wasm(instance.exports)\`
 * and \`instance.exports.__wbindgen_start()\`. \`setTimeout\` and \`clearTimeout\` are those that the instance gets.
 */
export function createGlue(setTimeout = globalThis.setTimeout, clearTimeout = globalThis.clearTimeout) {
${renamed(body, exports).trim()}

return {
  ${object.join(",\n  ")},
};
}
`;
}

/** What wasm-bindgen writes for engines that are older than SIMD, and for a caller that there is not: pattern and substitute. */
const needless = [
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n.*?^\}\n/ms, ""],
  [/^ {4}if \(realloc === undefined\) \{\n.*?^ {4}\}\n/ms, ""],
  [
    /(?<=cachedDataViewMemory0 === null \|\| )cachedDataViewMemory0\.buffer\.detached === .*(?=\) \{$)/m,
    "cachedDataViewMemory0.buffer !== wasm.memory.buffer",
  ],
];

function dropped(text, [pattern, substitute]) {
  return text.replace(pattern, substitute);
}

const comment = /^\s*(\/\/|\/\*|\*)/;

/** Lines that mean something else, or are an error, inside a function. */
function refuse(line) {
  if (comment.test(line)) return;
  const surprise =
    /^\s*(export|import)\b/.test(line) ||
    /\bimport\s*[.(]/.test(line) ||
    // The instance is set in one place, and otherwise only its exports are read.
    (/\bwasm\b(?!\.)/.test(line) && !/^(let wasm;| {4}wasm = val;)$/.test(line));
  if (surprise) throw new Error(`the glue has a line of a form that glue.mjs does not know: ${line}`);
}

function renamed(body, exports) {
  return body.replace(/^.*$/gm, (line) => {
    if (comment.test(line)) return line;
    return line.replace(/\bwasm\.([\w$]+)/g, (_, name) => {
      if (!exports.has(name)) throw new Error(`the glue uses wasm.${name}, which the wasm does not export`);
      return `wasm.${exports.get(name)}`;
    });
  });
}
