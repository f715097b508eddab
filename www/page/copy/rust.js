// A call as a function in Rust. Bodies and queries are written as JSON, and read into the types that the methods take.
import { isBytes } from "../form/value.js";
import { fileNameOf } from "./javascript.js";

/** Above this many bytes JSON is a text: the macro `json!` would go deeper than the compiler does. */
const mostInMacro = 1_500;

const stringOf = (text) => `"${text.replace(/[\\"\p{Cc}]/gu, (sign) => escaped[sign] ?? unicode(sign))}"`;
const escaped = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const unicode = (sign) => `\\u{${sign.codePointAt(0).toString(16)}}`;

function literal(value, indent) {
  const deeper = `${indent}    `;
  if (typeof value === "string") return stringOf(value);
  // Without a suffix it would be a number of 32 bits.
  if (Number.isInteger(value) && Math.abs(value) >= 2 ** 31) return `${value}_i64`;
  if (Object(value) !== value) return JSON.stringify(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => `${deeper}${literal(item, deeper)},\n`).join("")}${indent}]`;
  }
  const fields = Object.entries(value);
  if (fields.length === 0) return "{}";
  return `{\n${fields.map(([name, inner]) => `${deeper}${stringOf(name)}: ${literal(inner, deeper)},\n`).join("")}${indent}}`;
}

/** A value as JSON within the code. */
function jsonOf(value, uses) {
  const text = JSON.stringify(value, null, 2);
  if (text.length > mostInMacro) return uses.need("serde_json::from_str", `from_str(r####"${text}"####)?`);
  return uses.need("serde_json::{from_value, json}", `from_value(json!(${literal(value, "    ")}))?`);
}

/** The names that the code imports. */
class Uses {
  all = new Set(["supabase_management_wasm::Client"]);
  constructor(modules) {
    this.modules = modules;
  }
  need(path, code) {
    this.all.add(path);
    return code;
  }
  /** A type of the client, and those that stand in it. */
  type(text) {
    for (const [word] of text.matchAll(/[A-Z]\w*/g)) {
      const module = this.modules[word];
      if (module) this.all.add(`supabase_management_wasm::api::${module}::${word}`);
      else if (word === "Map") this.all.add("supabase_management_wasm::Map");
      else if (word === "Value") this.all.add("serde_json::Value");
    }
    return text;
  }
}

/** JSON as a value of a type that the compiler cannot find out. */
const typed = (type, value, uses) =>
  jsonOf(value, uses).replace(/^from_(value|str)\(/, (_, way) => `from_${way}::<${uses.type(type)}>(`);

function argumentOf(type, value, uses) {
  const [, list] = /^\[(.*)\]$/.exec(type) ?? [];
  if (type === "str") return stringOf(value);
  if (list === "String") return `[${value.map(stringOf).join(", ")}]`;
  if (list) return typed(`Vec<${list}>`, value, uses);
  if (type === "Value") return value === undefined ? "&Value::Null" : `&json!(${literal(value, "    ")})`;
  const [, eszip] = /^JsonOrEszip<(.*)>$/.exec(type) ?? [];
  if (eszip) {
    uses.need("supabase_management_wasm::endpoint::JsonOrEszip");
    if (isBytes(value)) return `&JsonOrEszip::Eszip(std::fs::read(${stringOf(fileNameOf(value))})?)`;
    return `&JsonOrEszip::Json(${typed(eszip, value, uses)})`;
  }
  const [, metadata] = /^Multipart<(.*)>$/.exec(type) ?? [];
  if (metadata) {
    uses.need("supabase_management_wasm::endpoint::Multipart");
    const files = (value.file ?? []).map(({ path, content }) => {
      const bytes = isBytes(content) ? `std::fs::read(${stringOf(path)})?` : stringOf(content);
      return `.file(${stringOf(path)}, ${bytes})`;
    });
    return `&Multipart::new(${typed(metadata, value.metadata, uses)})${files.join("")}`;
  }
  return `&${typed(type, value, uses)}`;
}

/** @param args the arguments of the call, without secrets */
export function rustOf({ rust, answer }, args) {
  const uses = new Uses(rust.modules);
  const taken = rust.arguments.map(({ name, type }, at) => {
    if (args[at] === undefined && name === "query") return "None";
    if (type === "Value") uses.need(args[at] === undefined ? "serde_json::Value" : "serde_json::json");
    return argumentOf(type, args[at], uses);
  });
  const call = `client.${rust.call}(${taken.join(", ")})${answer === "url" ? "?" : ".await?"}`;
  const made = answer === "nothing" ? [`    ${call};`] : [`    let answer = ${call};`, '    println!("{answer:?}");'];
  return [
    ...[...uses.all].sort().map((path) => `use ${path};`),
    "",
    "async fn call() -> Result<(), Box<dyn std::error::Error>> {",
    '    let client = Client::new(std::env::var("SUPABASE_ACCESS_TOKEN")?);',
    ...made,
    "    Ok(())",
    "}",
  ].join("\n");
}
