// Rotation of a secret API key that Edge Functions use: a new key, handed to the functions as a secret, checked, and only then
// is the old key deleted. So there is no moment at which the functions have a key that does not work.
import { isApiError } from "supabase-management-wasm";

/**
 * Nothing is remembered between runs: what is left to do is seen from the keys and the secret. A run that broke off anywhere is called
 * again with the same names, and one that was complete then changes nothing. The next rotation has another name `to`.
 *
 * @param options `from` and `to`: the names of the old key and of the new one, as `backend_2026_11` and `backend_2026_12`; `secret`: the
 * name of the secret; `check(key)`: makes sure that the functions work with the new key, and throws where they do not
 */
export async function rotateKey(client, ref, { from, to, secret, check }) {
  if (from === to) throw new Error("the new key needs another name than the old one");
  const keys = await client.apiKeys.list(ref, { reveal: true });
  const named = (name) => keys.filter((key) => key.type === "secret" && key.name === name);
  const body = { type: "secret", name: to, secret_jwt_template: { role: "service_role" } };
  const fresh = named(to)[0] ?? (await client.apiKeys.create(ref, body, { reveal: true }));

  const digest = await sha256(fresh.api_key);
  const isHandedOver = async () =>
    (await client.secrets.list(ref)).some(({ name, value }) => name === secret && value === digest);
  if (!(await isHandedOver())) {
    await client.secrets.create(ref, [{ name: secret, value: fresh.api_key }]);
    if (!(await isHandedOver()))
      throw new Error(`${secret} has another value than the new key: is a second rotation under way?`);
  }
  await check(fresh.api_key);

  for (const { id } of named(from)) {
    await client.apiKeys.delete(ref, id, { reason: `replaced by ${to}` }).catch((error) => {
      // It is gone: a deletion whose answer was lost has been sent again.
      if (!isApiError(error) || error.status !== 404) throw error;
    });
  }
}

/** As `secrets.list` tells it of a value. */
async function sha256(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
