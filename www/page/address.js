// The address of the page: `#/projects/<ref>/sql?statement=select+1` is a path, and a query behind it.
import { useMemo } from "preact/hooks";
import { useHashLocation } from "wouter-preact/use-hash-location";

/** Goes to another address. The router's own way would take the query for that of the page, which it is not. */
export function go(to, { replace = false } = {}) {
  const oldURL = location.href;
  history[replace ? "replaceState" : "pushState"](null, "", `#${to}`);
  dispatchEvent(new HashChangeEvent("hashchange", { oldURL, newURL: location.href }));
}

/** The path alone, for the router: a query makes no other view. */
export function usePath() {
  const [address] = useHashLocation();
  return [address.split("?", 1)[0], go];
}
usePath.hrefs = (href) => `#${href}`;

/** The whole address, with its query. */
export const useAddress = () => useHashLocation()[0];

/** @returns {URLSearchParams} what stands behind the path: which thing of the view is shown, or what it begins with */
export function useQuery() {
  const [address] = useHashLocation();
  const at = address.indexOf("?");
  const query = at < 0 ? "" : address.slice(at + 1);
  return useMemo(() => new URLSearchParams(query), [query]);
}

/** A path with a query, of which what is undefined is left out. */
export function withQuery(path, values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
}
