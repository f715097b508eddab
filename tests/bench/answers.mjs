// What the API would answer, as JSON: to all clients the same.
export const ref = "abcdefghijklmnopqrst";

const letter = (n) => String.fromCharCode(97 + (n % 26));

/** A small answer: five projects. */
export function projectList() {
  const one = (n) => ({
    id: letter(n).repeat(20),
    ref: letter(n).repeat(20),
    organization_id: "acme",
    organization_slug: "acme",
    name: `Project number ${n}`,
    region: "eu-central-1",
    created_at: "2026-09-23T00:00:00.000Z",
    status: "ACTIVE_HEALTHY",
    database: {
      host: `db.${letter(n).repeat(20)}.supabase.co`,
      version: "17.4.1.048",
      postgres_engine: "17",
      release_channel: "ga",
    },
  });
  return JSON.stringify(Array.from({ length: 5 }, (_, n) => one(n)));
}

/** A large answer: functions of about 200 KB. */
export function functionList() {
  const one = (n) => ({
    id: `${String(n).padStart(8, "0")}-2222-4333-8444-555555555555`,
    slug: `function-number-${n}`,
    name: `Function number ${n}`,
    status: "ACTIVE",
    version: n,
    created_at: 1_700_000_000_000 + n,
    updated_at: 1_700_000_000_000 + 2 * n,
    verify_jwt: n % 2 === 0,
    import_map: false,
    entrypoint_path: `file:///home/deno/functions/function-number-${n}/index.ts`,
    ezbr_sha256: String(n).repeat(64).slice(0, 64),
  });
  const texts = [];
  for (let n = 0, length = 0; length < 200_000; n++) length += texts[texts.push(JSON.stringify(one(n))) - 1].length + 1;
  return `[${texts.join(",")}]`;
}

let bytes;
const headers = { "content-type": "application/json" };
const respond = () => Promise.resolve(new Response(bytes, { headers }));

/**
 * Puts a `fetch` in the place of the global one that answers every request with this JSON, in a new `Response` each. Some
 * clients keep the `fetch` that was there at their import: it is always the same, and another call changes the answer.
 */
export function answerWith(json) {
  bytes = new TextEncoder().encode(json);
  globalThis.fetch = respond;
}
