// Calls that the rules ask for by name.

/** The source of a function as its files. Without this header the API gives a bundle that only Deno can read. */
export const bundleHeaders = { headers: { accept: "multipart/form-data" } };

/** The method of a client that calls an endpoint: `functions.bulkUpdate`. */
export function methodOf(client, endpoint) {
  return endpoint.split(".").reduce((holder, name) => holder[name], client);
}
