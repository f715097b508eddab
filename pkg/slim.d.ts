export * from "./index.js";

/**
 * Starts the wasm from a module, bytes, a `Response` or an address, without blocking. Call it before the first client.
 * @param source by default the file client.wasm beside this module
 */
export declare function init(source?: WasmSource | Promise<WasmSource>): Promise<void>;

/** Starts the wasm from a module or bytes, at once. */
export declare function initSync(source: WebAssembly.Module | BufferSource): void;

export type WasmSource = WebAssembly.Module | BufferSource | Response | URL | string;
