// Texts that a reader of addresses, headers or JSON could take for something else.
import fc from "fast-check";

const pieces =
  ". .. %2e %2E / \\ ? # % & = + ; : @ // {ref} %00 * ' ! ( ) é 🚀 _ - ~ a Z 0 http://x/ __proto__ toString length null 1e3 NaN".split(
    " ",
  );

/** Well-formed text. */
export const tricky = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...pieces, " ", "\t", "\n", "\0", "\x7f", "\u2028", "\ufeff", '"') },
      { weight: 2, arbitrary: fc.string({ maxLength: 6 }) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) },
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

/** Text that may have half letters in it. */
export const broken = fc
  .tuple(tricky, fc.integer({ min: 0xd800, max: 0xdfff }), tricky)
  .map(([before, unit, after]) => `${before}${String.fromCharCode(unit)}${after}`)
  .filter((text) => !text.isWellFormed());

/** A text as it stands in an address. The same words are in tests/fuzz/addresses.rs: so both languages give one address. */
export const spelled = (text) =>
  Array.from(new TextEncoder().encode(text), (byte) => {
    const letter = String.fromCharCode(byte);
    return /[\w.~-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
