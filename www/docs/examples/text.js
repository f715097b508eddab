// An example as JavaScript that people read and copy. It says exactly what run.js does.

/** As long as a line of the text may be. */
const width = 72;

function key(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** A value as code; several lines where one would be too long. */
export function code(value, indent = "", room = width) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if ("$from" in value) return value.$from;
  if ("$bytes" in value) return `new Uint8Array([${value.$bytes.join(", ")}])`;
  const entries = Array.isArray(value)
    ? value.map((item) => ["", item])
    : Object.entries(value).map(([name, item]) => [`${key(name)}: `, item]);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return open + close;
  const space = Array.isArray(value) ? "" : " ";
  const line = `${open}${space}${entries.map(([before, item]) => before + code(item, "", Infinity)).join(", ")}${space}${close}`;
  if (line.length + indent.length <= room) return line;
  const inner = `${indent}  `;
  const lines = entries.map(([before, item]) => `${inner}${before}${code(item, inner, width - before.length)},\n`);
  return `${open}\n${lines.join("")}${indent}${close}`;
}

function call({ id, args }, start) {
  const before = `${start}client.${id}(`;
  const line = `${before}${args.map((arg) => code(arg, "", Infinity)).join(", ")});`;
  if (line.length <= width) return line;
  // The last argument that is an object takes the lines.
  return `${before}${args.map((arg) => code(arg, "", 40)).join(", ")});`;
}

function lineOf(step) {
  const name = step.as ? `const ${step.as} = ` : "";
  if (step.advance) return `sandbox.advance(${step.advance}); // on the sandbox, a minute passes at once`;
  if (step.now) return `${name}Math.floor(Date.now() / 1000);`;
  if (step.agree)
    return [
      "// The user agrees in a browser, which comes back with a code. The sandbox agrees at once.",
      `const { headers } = await sandbox.fetch(${code(step.agree)});`,
      `const ${step.as} = new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";`,
    ].join("\n");
  const start = step.sync ? name : `${name}await `;
  return (step.because ? `// ${step.because}\n` : "") + call(step, start);
}

/** The lines of an example, which know a `client`. */
export const javaScriptOf = ({ steps }) => steps.map(lineOf).join("\n");

/** The same as a program of its own, on a sandbox. */
export function programOf(example) {
  return `import { SupabaseManagement } from "supabase-management-wasm";
import { createSandbox } from "supabase-management-wasm/sandbox";

const sandbox = createSandbox();
const client = new SupabaseManagement({ accessToken: "sbp_try", fetch: sandbox.fetch });
${javaScriptOf(example)}
`;
}
