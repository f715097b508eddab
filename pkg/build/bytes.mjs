// The wasm as a module of JavaScript. In base64, letters do not begin where bytes do, which hides from brotli and gzip
// what repeats: 30 % more to transfer than the file itself. Here every byte has a code of its own, the frequent ones of
// one letter, the others of two: 3 % more, fewer letters than base64, and decoded faster than with `atob`.
import { generated } from "./generated.mjs";

/** Letters that mean nothing special in any kind of string, nor in a page around it. */
const harmless = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (it) => !/["'`\\$<]/.test(it),
);
const letters = harmless.slice(0, -2);
/** Each begins codes of two letters; the second letters count. */
const [first, second] = harmless.slice(-2);

/** Text of a module whose default export makes these bytes, and which tells how many they are. */
export function bytesModule(bytes) {
  const codes = codesFor(bytes);
  const text = Array.from(bytes, (byte) => codes[byte]).join("");
  return `${generated}
export const length = ${bytes.length};
// Not within the function: an engine would read it twice, once to find the function's end and once when it is called.
const text = "${text}";
export default () => {
  // What the code of each byte begins with.
  const table = "${codes.map(([letter]) => letter).join("")}";
  const letters = [...new Set(table)].sort();
  // By letter: its byte, or where the codes of two letters go on that begin with it.
  const codes = new Int16Array(384);
  const starts = { "${first}": 128, "${second}": 256 };
  const counts = { ...starts };
  for (const letter in starts) codes[letter.charCodeAt()] = -starts[letter];
  for (let byte = 0; byte < 256; byte++) {
    const letter = table[byte];
    const at = starts[letter] ? starts[letter] + letters[counts[letter]++ - starts[letter]].charCodeAt() : letter.charCodeAt();
    codes[at] = byte;
  }
  const bytes = new Uint8Array(${bytes.length});
  // Numbers instead of letters first: this runs once, in code that no engine has had the time to compile.
  const from = new TextEncoder().encode(text);
  for (let at = 0, i = 0; at < ${bytes.length}; at++) {
    const code = codes[from[i++]];
    bytes[at] = code < 0 ? codes[from[i++] - code] : code;
  }
  return bytes;
};
`;
}

/** The code of each byte. A frequent byte that is a letter stands for itself, which leaves names readable for brotli. */
function codesFor(bytes) {
  const counts = new Array(256).fill(0);
  for (const byte of bytes) counts[byte]++;
  const all = [...counts.keys()];
  const byCount = all.toSorted((a, b) => counts[b] - counts[a] || a - b);
  const frequent = new Set(byCount.slice(0, letters.length));
  const itself = (byte) => frequent.has(byte) && letters.includes(String.fromCharCode(byte));
  const free = letters.filter((letter) => !itself(letter.charCodeAt()));
  const long = [first, second].flatMap((begin) => letters.map((letter) => begin + letter));
  return all.map((byte) => {
    if (itself(byte)) return String.fromCharCode(byte);
    return frequent.has(byte) ? free.shift() : long.shift();
  });
}
