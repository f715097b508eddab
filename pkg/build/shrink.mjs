// Import and export names are for machines: wasm-bindgen writes `__wbg_new_2fd88c2a7f1f0d24`, here that becomes `a`.
// The names stand in the wasm and in the glue, which takes the same maps (glue.mjs). Also drops what only tools read.

import { leb, reader, section, sections, text } from "./module.mjs";

const forTools = new Set(["name", "producers", "target_features"]);

/** The module name that all imports get. */
export const importModule = "a";

/**
 * @param bytes the wasm as wasm-pack leaves it
 * @param kept names that must stay, and that no new name may equal
 * @returns `{ bytes, imports, exports, customs }`: the new wasm, two maps from old name to new, the sections dropped
 */
export function shrink(bytes, kept) {
  const input = reader(bytes);
  const header = input.take(8);
  if (!Buffer.from("\0asm\x01\0\0\0").equals(header)) throw new Error("not a wasm module of version 1");
  const parts = [header];
  const names = { imports: new Map(), exports: new Map(), customs: [] };
  while (!input.done()) {
    const start = input.position();
    const id = input.byte();
    const body = input.take(input.leb());
    if (id === sections.custom) names.customs.push(toolSection(body));
    else if (id === sections.import) parts.push(section(id, imports(body, kept, names.imports)));
    else if (id === sections.export) parts.push(section(id, exports(body, kept, names.exports)));
    else parts.push(bytes.subarray(start, input.position()));
  }
  return { bytes: Buffer.concat(parts), ...names };
}

function toolSection(body) {
  const name = reader(body).text();
  if (!forTools.has(name)) throw new Error(`the wasm holds a custom section "${name}": does anybody need it?`);
  return name;
}

function imports(body, kept, names) {
  const input = reader(body);
  const count = input.leb();
  const short = shortNames(kept);
  const out = [leb(count)];
  for (let i = 0; i < count; i++) {
    const module = input.text();
    const name = input.text();
    if (input.byte() !== 0) throw new Error(`${module} ${name}: an import that is no function`);
    if (names.has(name)) throw new Error(`${name} is imported twice`);
    names.set(name, short());
    out.push(text(importModule), text(names.get(name)), [0], leb(input.leb()));
  }
  return finished(input, out);
}

function exports(body, kept, names) {
  const input = reader(body);
  const count = input.leb();
  const short = shortNames(kept);
  const out = [leb(count)];
  for (let i = 0; i < count; i++) {
    const name = input.text();
    names.set(name, kept.has(name) ? name : short());
    out.push(text(names.get(name)), [input.byte()], leb(input.leb()));
  }
  return finished(input, out);
}

function finished(input, parts) {
  if (!input.done()) throw new Error("a section of the wasm is longer than its contents");
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

/** a … z, aa, ab …, without those that are taken. */
function shortNames(taken) {
  let next = 0;
  const letters = (n) => (n < 26 ? "" : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(97 + (n % 26));
  return () => {
    for (;;) {
      const name = letters(next++);
      if (!taken.has(name)) return name;
    }
  };
}
