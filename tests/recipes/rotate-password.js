// Rotation of the password of the database.
//
// The API never tells a password, so one that is set and kept nowhere is lost. If it were kept only after the change, a process that
// ends in between, or an answer that gets lost, would leave a database whose password nobody knows. If it replaced the old one before
// the change, and the change then failed, the password that still holds would be gone. So it is kept before the change, beside the old
// one: as "next". It becomes "current" when it has been checked. Where "next" is there at the begin, a run broke off, and nobody knows
// whether it was set: then that very password is set again, which does no harm, and never a third one.

/**
 * @param vault where passwords are kept: `get(name)`, `set(name, value)` and `delete(name)`, each of which is done for good when it resolves
 * @param check called with the new password once it is set: logs in with it, hands it to what else logs in, and throws where that fails
 */
export async function rotatePassword(client, ref, { vault, check }) {
  let next = await vault.get("next");
  if (next === undefined) {
    next = password();
    await vault.set("next", next);
  }
  try {
    await client.database.updatePassword(ref, { password: next });
    await check(next);
    await vault.set("current", next);
  } catch (cause) {
    const state =
      'the password may be changed: "next" in the vault is the new one, "current" the old one; run this again';
    throw new Error(`${cause.message} (${state})`, { cause });
  }
  await vault.delete("next");
}

/** 192 random bits, in letters that a connection string takes as they are. */
function password() {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}
