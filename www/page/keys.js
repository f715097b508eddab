// API keys as they are shown: never whole, unless somebody asks for it.

/** What tells a key from the others. */
export const keyIdOf = ({ id, name, type }) => id ?? `${type} ${name}`;

/** A key with its secret part covered: enough of it is left to recognise it. Every covered key is as long as the others. */
export function masked({ api_key, prefix, type }) {
  const start = /^sb_[a-z]+_/.exec(api_key ?? "")?.[0];
  if (start) return `${start}${prefix ?? ""}••••••••`;
  // The first part of a JWT is the same for all of them; its last one, the signature, is what tells them apart.
  return type === "legacy" || api_key?.startsWith("eyJ") ? `eyJ…••••••••${prefix ? `.${prefix}…` : ""}` : "••••••••";
}
