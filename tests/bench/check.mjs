// A program: time of our strict check by itself, and of `JSON.parse` of the same text, printed as JSON. The check is what
// happens from the moment that the client asks for the bytes until it decodes them: the copy into the wasm is part of it.
import { SupabaseManagement } from "../../pkg/index.js";
import { functionList, ref } from "./answers.mjs";
import { parsing, race } from "./race.mjs";

const json = functionList();
const { buffer } = new TextEncoder().encode(json);
let asked;
let checked;
const answer = {
  status: 200,
  headers: new Headers(),
  arrayBuffer: () => {
    const copy = buffer.slice(0);
    asked = performance.now();
    return Promise.resolve(copy);
  },
};
const client = new SupabaseManagement({ accessToken: "sbp_bench", validation: "strict", fetch: async () => answer });

const { decode } = TextDecoder.prototype;
async function check() {
  checked = undefined;
  TextDecoder.prototype.decode = function (input, ...rest) {
    if (input instanceof ArrayBuffer) checked = performance.now();
    return decode.call(this, input, ...rest);
  };
  await client.functions.list(ref).finally(() => (TextDecoder.prototype.decode = decode));
  // A client that works in another way must not seem to be as fast as can be.
  if (checked === undefined) throw new Error("the client no longer decodes an ArrayBuffer after its check");
  return checked - asked;
}

console.log(JSON.stringify(await race({ "JSON.parse": parsing(json), check }, { rounds: 150, warmUp: 400 })));
