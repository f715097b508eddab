// Identical reads that are under way at the same time share one request, where that is wished.

let functions = 0;
const numbers = new WeakMap();

/** One text for the same address and options; functions are known by number. */
export function flightKey(address, { signal, ...options }) {
  const plain = (_, value) => {
    if (typeof value !== "function") return value;
    if (!numbers.has(value)) numbers.set(value, ++functions);
    return numbers.get(value);
  };
  return JSON.stringify([address, options], plain);
}

/**
 * Joins the request of a key, or begins it.
 * @param flights requests under way, by key
 * @param task the call; it ends by `follow`, or by its own signal
 * @param begin starts the request of all: gets a signal, and what to call at its end
 */
export function board(flights, key, task, signal, begin) {
  let flight = flights.get(key);
  const leave = () => {
    flight.passengers.delete(task);
    signal?.removeEventListener("abort", abort);
  };
  const abort = () => {
    leave();
    task.refuse(() => signal.reason);
    // The last one turns off the light.
    if (flight.passengers.size === 0) flight.controller.abort();
  };
  if (signal?.aborted) return task.refuse(() => signal.reason);
  const fresh = !flight;
  flight ??= { passengers: new Map(), controller: new AbortController() };
  flight.passengers.set(task, leave);
  signal?.addEventListener("abort", abort);
  if (!fresh) return;
  flights.set(key, flight);
  begin(flight.controller.signal, (shared) => {
    flights.delete(key);
    let first = true;
    for (const [passenger, leave] of flight.passengers) {
      leave();
      passenger.follow(shared, first);
      first = false;
    }
  });
}
