import type { ClientOptions, SupabaseManagement as WholeClient } from "./index.js";

export * from "./index.js";

/**
 * Starts the wasm from a module, bytes, a `Response` or an address, without blocking. Call it before the first client, and
 * before `createTokenSource`, `waitUntil` and `writable`, which need it too.
 * @param source by default the file client.wasm beside this module
 */
export declare function init(source?: WasmSource | Promise<WasmSource>): Promise<void>;

/** Starts the wasm from a module or bytes, at once. */
export declare function initSync(source: WebAssembly.Module | BufferSource): void;

export type WasmSource = WebAssembly.Module | BufferSource | Response | URL | string;

type WithoutWaiters<T> = Pick<T, Exclude<keyof T, `waitUntil${string}`>>;

/** The client of this entry: without the methods that wait, which `addWaiters` adds. */
export type SupabaseManagement = {
  readonly [Name in keyof WholeClient]: WholeClient[Name] extends (...given: never[]) => unknown
    ? WholeClient[Name]
    : WithoutWaiters<WholeClient[Name]>;
};
export declare const SupabaseManagement: new (options?: ClientOptions) => SupabaseManagement;

/**
 * Gives a client the methods that wait, `projects.waitUntilHealthy` and the others. Who does not import it does not carry
 * their JavaScript; the polling itself is a part of the wasm.
 * @returns the same client
 */
export declare function addWaiters(client: SupabaseManagement): WholeClient;
