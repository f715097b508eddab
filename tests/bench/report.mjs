// What the numbers say: the table of the README, and the marks that we set ourselves.

/** The mark that must never be missed. */
export const checkMark = 0.45;

const head = [
  "client",
  "checks",
  "all operations, KiB brotli",
  "one call, KiB brotli",
  "5 projects, µs (÷ `fetch`)",
  "200 KB, ms (÷ `JSON.parse`)",
  "same, eval forbidden",
  "import and first call, ms",
];

/** @param results by id of the client: `sizes` in bytes, all others as comparisons (see race.mjs) */
export function table(clients, { sizes, small, large, noEval, start }) {
  const rows = clients.map(({ id, name, checks }) => [
    name,
    checks,
    `${kib(sizes[id].all)}${sizes[id].slim ? ` (\`./slim\` ${kib(sizes[id].slim)})` : ""}`,
    kib(sizes[id].one),
    `${(small[id].ms * 1000).toFixed(0)} (${small[id].times.toFixed(2)})`,
    `${large[id].ms.toFixed(2)} (${large[id].times.toFixed(2)})`,
    noEval[id].times.toFixed(2),
    id === "bare" ? start[id].ms.toFixed(0) : signed(start[id].longer),
  ]);
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** Lines that say which marks we reach. */
export function marks({ sizes, small, large, noEval, check, start }) {
  // What a mark is about, what we have, and what we want to have: a second one is to be reached after the first.
  return [
    ["all operations, ./slim, KiB brotli", sizes.lenient.slim / 1024, 118, 58],
    ["all operations, default entry in a Vite build, KiB brotli", sizes.lenient.all / 1024, 121, 60],
    [`200 KB, ÷ JSON.parse (fetch and json(): ${large.bare.times.toFixed(2)})`, large.lenient.times, 1.7],
    ["200 KB, strict, ÷ JSON.parse", large.strict.times, 2.15],
    ["200 KB, strict, eval forbidden, ÷ JSON.parse", noEval.strict.times, 2.15],
    ["200 KB, the strict check alone, ÷ JSON.parse", check.check.times, checkMark],
    ["5 projects, ÷ fetch and json()", small.lenient.times, 2.1, 1.5],
    ["import and first call, ms over those of fetch", start.lenient.longer, 10],
  ].map(([what, value, ...wanted]) => {
    const judged = wanted.map((mark) => `${mark} ${value <= mark ? "reached" : "MISSED"}`);
    return `${what}: ${value.toFixed(2)}, mark ${judged.join(", ")}`;
  });
}

const kib = (bytes) => (bytes / 1024).toFixed(1);
const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(0)}`;
