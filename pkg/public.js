// What every entry exports beside the client.
export {
  ApiError,
  ConnectionError,
  DecodeError,
  InputError,
  isApiError,
  isConnectionError,
  isDecodeError,
  isInputError,
  isOutcomeUnknownError,
  isRateLimitError,
  isSupabaseManagementError,
  isTimeoutError,
  isWaitError,
  OutcomeUnknownError,
  RateLimitError,
  SupabaseManagementError,
  TimeoutError,
  WaitError,
} from "./errors.js";
export { waitUntil } from "./waiters.js";
