// Import and export names are for machines: wasm-bindgen writes `__wbg_new_2fd88c2a7f1f0d24`, here that becomes `a`.
// The names stand in the wasm and in the glue, which takes the same maps (glue.mjs). Also drops what only tools read.

const sections = { custom: 0, import: 2, export: 7 };
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

function section(id, body) {
  return Buffer.concat([Buffer.from([id]), Buffer.from(leb(body.length)), body]);
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

function reader(bytes) {
  let at = 0;
  const take = (length) => {
    if (at + length > bytes.length) throw new Error("the wasm ends too early");
    at += length;
    return bytes.subarray(at - length, at);
  };
  const byte = () => take(1)[0];
  const number = () => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const part = byte();
      value += (part & 0x7f) * 2 ** shift;
      if (part < 0x80) return value;
    }
    throw new Error("the wasm holds a number of more than 32 bits");
  };
  return {
    take,
    byte,
    leb: number,
    text: () => new TextDecoder("utf-8", { fatal: true }).decode(take(number())),
    position: () => at,
    done: () => at === bytes.length,
  };
}

function leb(value) {
  const out = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) out.push((value % 128) | 0x80);
  return [...out, value];
}

function text(value) {
  const bytes = Buffer.from(value);
  return [...leb(bytes.length), ...bytes];
}
