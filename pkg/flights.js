// Identical reads that are under way at the same time share one request, where that is wished.

import { onAbort } from "./signals.js";

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
  const gone = () => {
    if (flights.get(key) === flight) flights.delete(key);
  };
  const leave = () => {
    flight.passengers.delete(task);
    deaf?.();
  };
  const abort = () => {
    leave();
    task.refuse(() => signal.reason);
    if (flight.passengers.size > 0) return;
    // The last one turns off the light, and nobody comes in any more.
    gone();
    flight.controller.abort();
  };
  if (signal?.aborted) return task.refuse(() => signal.reason);
  const fresh = !flight;
  flight ??= { passengers: new Map(), controller: new AbortController() };
  flight.passengers.set(task, leave);
  const deaf = signal && onAbort(signal, abort);
  if (!fresh) return;
  flights.set(key, flight);
  const end = (shared) => {
    gone();
    let first = true;
    for (const [passenger, leave] of flight.passengers) {
      leave();
      passenger.follow(shared, first);
      first = false;
    }
  };
  try {
    begin(flight.controller.signal, end);
  } catch (error) {
    end({ refusal: () => error });
  }
}
