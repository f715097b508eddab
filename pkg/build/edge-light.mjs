// The entry for edge functions of Vercel and Next. It is that for Workers but for one name: their tools make a module of a
// .wasm file only where its name ends in `?module`.
import { generated } from "./generated.mjs";

/** The entry as a file of pkg/dist, made of the text of pkg/workerd.js. */
export function edgeLight(workerd) {
  const [wasm, asModule] = ['"./dist/client.wasm"', '"./dist/client.wasm?module"'];
  if (!workerd.includes(wasm)) throw new Error(`pkg/workerd.js does not import ${wasm} any more`);
  const moved = workerd.replace(wasm, asModule).replaceAll('"./', '"../').replaceAll('"../dist/', '"./');
  return `${generated}\n${moved}`;
}
