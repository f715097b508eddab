// What OAuth needs besides calls: random values, and the challenge of PKCE (RFC 7636).
import { SupabaseManagementError } from "./errors.js";

/** Web Crypto, if it has this part. */
function need(part) {
  const { crypto } = globalThis;
  if (crypto?.[part]) return crypto;
  throw new SupabaseManagementError({ message: `oauth: no crypto.${part} here: use Node 20, or https` });
}

/** Of 32 bytes, which end in one `=`. */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace("=", "");

/** Gives the resource its methods that call nothing. */
export function addOauth({ oauth }) {
  const random = () => base64url(need("getRandomValues").getRandomValues(new Uint8Array(32)));
  oauth.createState = random;
  oauth.createPkce = async () => {
    const codeVerifier = random();
    const hash = await need("subtle").subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
    return { codeVerifier, codeChallenge: base64url(hash), codeChallengeMethod: "S256" };
  };
}
