// The binary form of a WebAssembly module, as far as the build looks into it.

export const sections = { custom: 0, import: 2, export: 7, code: 10, data: 11 };

export function section(id, body) {
  return Buffer.concat([Buffer.from([id]), Buffer.from(leb(body.length)), body]);
}

/** Reads bytes from front to back; throws where they end too early. */
export function reader(bytes) {
  let at = 0;
  const take = (length) => {
    if (at + length > bytes.length) throw new Error("the wasm ends too early");
    at += length;
    return bytes.subarray(at - length, at);
  };
  const byte = () => take(1)[0];
  const number = () => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const part = byte();
      value += (part & 0x7f) * 2 ** shift;
      if (part < 0x80) return value;
    }
    throw new Error("the wasm holds a number of more than 32 bits");
  };
  return {
    take,
    byte,
    leb: number,
    text: () => new TextDecoder("utf-8", { fatal: true }).decode(take(number())),
    position: () => at,
    done: () => at === bytes.length,
  };
}

export function leb(value) {
  const out = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) out.push((value % 128) | 0x80);
  return [...out, value];
}

export function text(value) {
  const bytes = Buffer.from(value);
  return [...leb(bytes.length), ...bytes];
}
