// Passwords of databases: a new one, and how hard one is to guess.

// Without quotes, slashes, `@`, `:` and `%`, which have a meaning in addresses of databases, and without letters that look alike.
const signs = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_.~";

/** How many characters a new password has. */
const length = 24;

/** A password of the platform's own secure random numbers. */
export function newPassword() {
  // A number beyond the last whole multiple would make the first characters more likely than the others.
  const most = 256 - (256 % signs.length);
  let made = "";
  while (made.length < length)
    for (const number of crypto.getRandomValues(new Uint8Array(length)))
      if (number < most && made.length < length) made += signs[number % signs.length];
  return made;
}

const kinds = [
  [/[a-z]/, 26],
  [/[A-Z]/, 26],
  [/[0-9]/, 10],
  [/[^a-zA-Z0-9]/, 33],
];

/**
 * How hard a password is to guess, roughly: no dictionary is asked, so it says too much of a password made of words.
 * @returns `kind` for a badge, and `words`
 */
export function strengthOf(password) {
  const pool = kinds.reduce((sum, [pattern, count]) => (pattern.test(password) ? sum + count : sum), 0);
  // Characters that come again and again add little.
  const weight = Math.min(password.length, 2 * new Set(password).size);
  const bits = pool === 0 ? 0 : weight * Math.log2(pool);
  if (bits < 50) return { kind: "bad", words: "weak" };
  return bits < 80 ? { kind: "warn", words: "fair" } : { kind: "good", words: "strong" };
}
