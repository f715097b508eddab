// What OAuth needs besides calls: random values, and the challenge of PKCE (RFC 7636).
import { SupabaseManagementError } from "./errors.js";

/** Web Crypto, or the part of it that is asked for. */
function need(part, name) {
  const found = globalThis.crypto?.[part];
  if (found) return found;
  const message = `${name}: there is no crypto.${part} here: it takes Node 20, or a page of https or localhost`;
  throw new SupabaseManagementError({ message, endpoint: name });
}

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (letter) => ({ "+": "-", "/": "_" })[letter] ?? "");

function random(name) {
  need("getRandomValues", name);
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** Gives the resource its methods that call nothing. */
export function addOauth({ oauth }) {
  oauth.createState = () => random("oauth.createState");
  oauth.createPkce = async () => {
    const subtle = need("subtle", "oauth.createPkce");
    const codeVerifier = random("oauth.createPkce");
    const hash = await subtle.digest("SHA-256", new TextEncoder().encode(codeVerifier));
    return { codeVerifier, codeChallenge: base64url(new Uint8Array(hash)), codeChallengeMethod: "S256" };
  };
}
