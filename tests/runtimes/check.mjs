// The one check that every runtime of the matrix runs. It knows nothing of its surroundings: no imports, no Node,
// no DOM. What to test is handed in, so that it shows how each runtime got hold of the package.

const text = "Zoë 🚀 数据";
const hex = "0123456789abcdef";
const random = (length) => Array.from({ length }, () => hex[Math.floor(Math.random() * 16)]).join("");

function expect(condition, what) {
  if (!condition) throw new Error(`expected ${what}`);
}

function equal(actual, wanted, what) {
  expect(Object.is(actual, wanted), `${what} to be ${JSON.stringify(wanted)}, it is ${JSON.stringify(actual)}`);
}

/** Resolves to what the promise rejected with; a promise that fulfils fails the check. */
async function rejection(promise, what) {
  const settled = await promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  expect("error" in settled, `${what} to be rejected, it fulfilled with ${JSON.stringify(settled.value)}`);
  return settled.error;
}

/**
 * @param api what the package exports
 * @param service the address of the sandbox server
 * @returns "ok", or rejects with what was not as expected
 */
export async function check(api, service) {
  // A token and a name of our own: rows run side by side on one sandbox, which counts calls per token.
  const client = new api.SupabaseManagement({ accessToken: `sbp_${random(40)}`, baseUrl: service });
  const slug = `check-${random(12)}`;

  const projects = await client.projects.list();
  expect(Array.isArray(projects) && projects.length > 0, "the sandbox to have a project");
  const { ref } = projects[0];

  // What a package might be tempted to load by import(), which not every place allows.
  const shared = await Promise.all([1, 2].map(() => client.projects.list({ dedupe: true })));
  equal(shared[1][0].ref, ref, "the first project of a shared request");
  const { addWaiters = (it) => it } = api;
  equal(addWaiters(client), client, "the client with its waiters");
  equal(typeof client.projects.waitUntilHealthy, "function", "the type of a waiter");
  const found = await api.waitUntil(client.projects.list, (list) => list.length > 0);
  equal(found[0].ref, ref, "the first project that was waited for");

  const creation = await client.functions.create(ref, { slug, name: text, body: text }).withResponse();
  equal(creation.status, 201, "the status of functions.create");
  equal(creation.data.name, text, "the name in the answer of functions.create");
  equal(typeof creation.rateLimit?.remaining, "number", "the type of what is left of the rate limit");
  const listed = (await client.functions.list(ref)).find((one) => one.slug === slug);
  equal(listed?.name, text, "the name in functions.list");

  const missing = await rejection(client.functions.get(ref, "not-there"), "functions.get of a missing function");
  expect(missing instanceof api.ApiError, `an ApiError, got ${missing}`);
  equal(missing.status, 404, "the status of the ApiError");
  equal(api.isApiError(missing), true, "isApiError of the ApiError");
  equal(api.isInputError(missing), false, "isInputError of the ApiError");

  let sent = false;
  const fetch = async () => {
    sent = true;
    return new Response("{}");
  };
  const wrong = await rejection(client.functions.get(ref, "..", { fetch }), "functions.get of '..'");
  expect(wrong instanceof api.InputError, `an InputError, got ${wrong}`);
  equal(api.isInputError(wrong), true, "isInputError of the InputError");
  equal(sent, false, "a request for '..'");

  equal((await client.functions.get(ref, slug)).name, text, "the name in a call after two failed ones");
  equal(await client.functions.delete(ref, slug), undefined, "the answer of functions.delete");
  return "ok";
}
