// What tests put in the place of a call. It needs no client and no WebAssembly.
import { SupabaseManagementError } from "./errors.js";

/** The items of a page, wherever an endpoint puts them. */
const itemsOf = (page) => (Array.isArray(page) ? page : (Object.values(Object(page)).find(Array.isArray) ?? []));

/** Makes a promise what a method of the client gives. `pages` are those that iteration goes through. */
function callOf(promise, pages, outcomeUnknown, { status = 200, headers, rateLimit, attempts = 1 } = {}) {
  // Made long before anybody awaits it, it must not count as a rejection that nobody handles.
  promise.catch(() => {});
  const withOutcome = (promise) => Object.defineProperty(promise, "outcomeUnknown", { value: outcomeUnknown });
  async function* walk(each) {
    await promise;
    for (const page of pages) {
      if (each) yield* itemsOf(page);
      else yield page;
    }
  }
  return Object.assign(withOutcome(promise), {
    withResponse: () =>
      withOutcome(promise.then((data) => ({ data, status, headers: new Headers(headers), rateLimit, attempts }))),
    pages: () => walk(false),
    [Symbol.asyncIterator]: () => walk(true),
  });
}

export function mockCall(value, { nextPages = [], ...response } = {}) {
  return callOf(Promise.resolve(value), [value, ...nextPages], false, response);
}

export function mockRejection(reason, { outcomeUnknown = Object(reason).outcomeUnknown === true } = {}) {
  return callOf(Promise.reject(reason), [], outcomeUnknown);
}

/** What an `ApiError` has where the server tells nothing more. */
const silent = {
  missingPermissions: [],
  requiredPermissions: [],
  unknownRoute: false,
  validationErrors: [],
  outcomeUnknown: false,
};

export function mockApiError(endpoint, status, message, { route = "", attempts = 1, text, headers, ...own } = {}) {
  const words = `${endpoint}${route && ` (${route})`}: ${status} ${message}`;
  const body = text ?? JSON.stringify({ message });
  const fields = { ...silent, status, ...own };
  const plain = { name: "ApiError", message: words, endpoint, route, attempts, text: body, headers, ...fields };
  return SupabaseManagementError.fromJSON(plain);
}
