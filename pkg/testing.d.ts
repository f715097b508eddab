import type { ApiError, PagedCall, RateLimit } from "./index.js";

/** What a mocked call has besides its value. */
export interface MockResponse {
  /** What `withResponse()` gives. @default 200 */
  status?: number | undefined;
  /** What `withResponse()` gives. @default none */
  headers?: Headers | Record<string, string> | [string, string][] | undefined;
  /** What `withResponse()` gives. @default undefined */
  rateLimit?: RateLimit | undefined;
  /** What `withResponse()` gives. @default 1 */
  attempts?: number | undefined;
}

/** The items of a page: of a list, or of what has a list among its fields. */
export type ItemOf<Page> = Page extends readonly (infer Item)[]
  ? Item
  : Page extends { projects: readonly (infer Item)[] } | { data: readonly (infer Item)[] }
    ? Item
    : never;

/**
 * What a method of the client gives, for a test that puts a function of its own in the place of one: a promise of the value,
 * with `withResponse()`, and for a list in pages also what `for await` and `pages()` go through. Nothing is called, and no
 * WebAssembly is needed.
 *
 * ```js
 * const client = { projects: { get: vi.fn().mockReturnValue(mockCall(project)) } };
 * ```
 *
 * @param value what the call resolves to: of a list in pages, the first page as the API has it
 * @param response what comes with it; `nextPages` are the pages behind the first one
 */
export declare function mockCall<T>(
  value: T,
  response?: MockResponse & { nextPages?: readonly NoInfer<T>[] | undefined },
): PagedCall<T, ItemOf<T>>;

/**
 * A call that rejects: its promise, `withResponse()`, and what iterates over it. It may be made long before anybody awaits it.
 *
 * ```js
 * get.mockReturnValue(mockRejection(mockApiError("projects.get", 404, "Project not found")));
 * ```
 *
 * @param reason what it rejects with: an error, or the reason of a signal
 * @param options `outcomeUnknown` is what the call says of itself; by default, what the reason says
 */
export declare function mockRejection(
  reason: unknown,
  options?: { outcomeUnknown?: boolean | undefined },
): PagedCall<never, never>;

/**
 * An {@link ApiError} without a server. All guards take it for one.
 *
 * @param endpoint `projects.get`
 * @param status the status that the server would have answered
 * @param message the server's words
 * @param fields any other field of the error: `route`, `headers`, `text`, `retryAfterMs`, …
 */
export declare function mockApiError(
  endpoint: string,
  status: number,
  message: string,
  fields?: {
    -readonly [Name in keyof ApiError]?: Name extends "headers" ? HeadersInit | undefined : ApiError[Name] | undefined;
  },
): ApiError;
