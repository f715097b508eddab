// Panics become traps without words. They trap anyway, as the crates are compiled with panic = "abort", and nobody reads
// the words; but to make them takes the formatting machinery of Rust, which is a fifth of the client. wasm-opt then drops
// what only the words needed. Functions are known by their names, so this comes before names are dropped.
import { leb, reader, section, sections } from "./module.mjs";

/** Number of the section that holds the table of functions. */
const elements = 9;

const panics = [
  /^core(\[\w+\])?::(panicking|slice::index::\w+_fail|str::slice_error_fail|option::\w+_failed|result::\w+_failed|cell::panic_)/,
  /^<?std(\[\w+\])?::panicking|^<.* as core(\[\w+\])?::any::Any>|^core(\[\w+\])?::ptr::drop_in_place::<std(\[\w+\])?::panicking/,
  /^alloc(\[\w+\])?::(raw_vec::(handle_error|capacity_overflow)|alloc::handle_alloc_error)|^std(\[\w+\])?::alloc::default_alloc_error_hook/,
  /(rust_begin_unwind|rust_panic)\b/,
];
const formatting = [/^core(\[\w+\])?::fmt::/, / as core(\[\w+\])?::fmt::/];
/** What the tables of functions hold for futures that the client does not have: it runs its own (src/run.rs). */
const idle = [/^js_sys::futures::/, /^core::ptr::drop_in_place<alloc::rc::Rc<js_sys::futures::/];

/** What only panics say. Their text stays in the data, where no tool can know that it is dead. */
const words = [
  /(\/[\w.+@~-]+)+\.rs|\bsrc\/[\w/]+\.rs/g,
  /index out of bounds: the len is | but the index is |slice index starts at | but ends at /g,
  /range (start|end) index | out of range for slice of length |assertion `left | right` failed(: )?|\n? {2}left: |\n right: /g,
  /begin > end \(| > |\) when slicing `|(start|end) byte index | is out of bounds of `/g,
  /attempt to divide by zero|`async fn` resumed after completion|RefCell already (mutably )?borrowed/g,
  /Tried to shrink to a larger capacity|AccessError/g,
  / is not a char boundary; it is inside | \(bytes |capacity overflow|finish: (callbacks|result) should be (Some|None)/g,
];

/** Digits, which only the formatting machinery reads. */
const digits = [/(?<=\D)0001020304050607080910\d{178}(?=\D)|0123456789abcdef|0x0123456789ABCDEF|==!=matches/g];

/**
 * @param bytes a wasm with the names of its functions
 * @param formats whether the crate itself formats text: then that machinery stays
 */
export function snip(bytes, { formats }) {
  const names = functionNames(bytes);
  if (!formats) {
    const culprit = [...names.values()].find((name) => /^alloc(\[\w+\])?::fmt::format\b/.test(name));
    if (culprit) throw new Error(`the client formats text (${culprit}), which it must not: see src/words.rs`);
  }
  const patterns = formats ? panics : [...panics, ...formatting, ...idle];
  const matches = (index) => {
    const name = names.get(index) ?? "";
    return patterns.some((pattern) => pattern.test(name)) || isStrayClosure(name, exported);
  };
  const parts = [bytes.subarray(0, 8)];
  const input = reader(bytes);
  input.take(8);
  const exported = new Set(WebAssembly.Module.exports(new WebAssembly.Module(bytes)).map(({ name }) => name));
  let imported = 0;
  let count = 0;
  while (!input.done()) {
    const start = input.position();
    const id = input.byte();
    const body = input.take(input.leb());
    if (id === sections.import) imported = reader(body).leb();
    if (id === sections.code) {
      const snipped = code(body, (index) => matches(imported + index));
      count = snipped.count;
      parts.push(section(id, snipped.body));
    } else if (id === elements) parts.push(section(id, table(body, matches)));
    else if (id === sections.data) parts.push(section(id, data(body, formats ? words : [...words, ...digits])));
    else parts.push(bytes.subarray(start, input.position()));
  }
  if (count < 5) throw new Error(`only ${count} functions that panic were found: has Rust renamed them?`);
  return Buffer.concat(parts);
}

/** wasm-bindgen leaves a caller for each kind of closure that any crate knows; JavaScript has only those that are exported. */
function isStrayClosure(name, exported) {
  const [, hash] = /^wasm_bindgen::convert::closures::_::invoke::(\w+)$/.exec(name) ?? [];
  return hash !== undefined && !exported.has(`wasm_bindgen__convert__closures_____invoke__${hash}`);
}

/**
 * The table of functions that data point to, with one of those that trap in the place of all: a call through the table
 * traps as well when it finds a function of another type, and the types and functions that only the table held can go.
 */
function table(body, matches) {
  const input = reader(body);
  const segments = input.leb();
  // The table, where in it the functions go (a constant and its end), and which.
  const [flags, ...offset] = [input.byte(), input.byte(), ...leb(input.leb()), input.byte()];
  const parts = [leb(segments), [flags, ...offset]];
  const count = input.leb();
  parts.push(leb(count));
  if (segments !== 1 || flags !== 0 || offset.at(-1) !== 0x0b)
    throw new Error("the wasm has a table of a form that snip.mjs does not know");
  let trap;
  for (let left = count; left > 0; left--) {
    const index = input.leb();
    if (matches(index)) trap ??= index;
    parts.push(leb(matches(index) ? trap : index));
  }
  if (!input.done()) throw new Error("the table of functions is longer than its contents");
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

function code(body, matches) {
  const input = reader(body);
  const functions = input.leb();
  const parts = [Buffer.from(leb(functions))];
  let count = 0;
  for (let index = 0; index < functions; index++) {
    const start = input.position();
    input.take(input.leb());
    // No locals, `unreachable`, end: right for any signature.
    const snipped = matches(index);
    parts.push(snipped ? Buffer.from([3, 0, 0x00, 0x0b]) : body.subarray(start, input.position()));
    count += snipped;
  }
  return { body: Buffer.concat(parts), count };
}

/** Blanks words; their place stays, as other data is found by its address. */
function data(body, words) {
  let text = body.toString("latin1");
  for (const pattern of words) text = text.replace(pattern, (found) => "\0".repeat(found.length));
  return Buffer.from(text, "latin1");
}

function functionNames(bytes) {
  const module = new WebAssembly.Module(bytes);
  const [section] = WebAssembly.Module.customSections(module, "name");
  if (!section) throw new Error("the wasm has no names of functions");
  const input = reader(new Uint8Array(section));
  while (!input.done()) {
    const id = input.byte();
    const body = reader(input.take(input.leb()));
    if (id !== 1) continue;
    const names = new Map();
    for (let left = body.leb(); left > 0; left--) names.set(body.leb(), body.text());
    return names;
  }
  throw new Error("the wasm names no functions");
}
