// What became of an operation, read from the error that it ended with.
import {
  isApiError,
  isConnectionError,
  isRateLimitError,
  isSupabaseManagementError,
  isTimeoutError,
} from "../errors.js";

/** Milliseconds until a call that a rate limit refused may be made again, where the error does not tell. */
const usualWaitMs = 60_000;

/** Statuses of a server that is busy or being replaced, as the client counts them. */
const passing = new Set([408, 429, 502, 503, 504, 520, 521, 522, 523, 524]);

/**
 * Milliseconds to wait where an operation ended because a rate limit is spent, else `undefined`. Such a call did nothing, so the
 * operation can begin again, unless an attempt before it may have done something.
 */
export function refusedFor(error) {
  const refused = isRateLimitError(error) || (isApiError(error) && error.status === 429);
  if (!refused || error.outcomeUnknown) return undefined;
  return error.retryAfterMs ?? (error.rateLimit ? error.rateLimit.resetSeconds * 1000 : usualWaitMs);
}

/** Whether an operation that ended so may have done its work all the same. */
export const isUnknown = (error) => isSupabaseManagementError(error) && error.outcomeUnknown === true;

/** Whether the same may succeed later: the network, the server, or something that is no error of this package. */
export function mayPass(error) {
  if (isApiError(error)) return passing.has(error.status);
  return isConnectionError(error) || isTimeoutError(error) || !isSupabaseManagementError(error);
}

/** An error as JSON can hold it. Those of this package leave out bodies and secrets; of others only name, message and code are kept. */
export function plainError(error) {
  if (isSupabaseManagementError(error)) return error.toJSON();
  if (Object(error) !== error) return { name: "Error", message: String(error) };
  const { name = "Error", message = "", code } = error;
  return { name: String(name), message: String(message), ...(code !== undefined && { code: String(code) }) };
}
