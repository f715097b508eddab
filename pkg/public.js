// The errors that every entry exports.
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
  OutcomeUnknownError,
  RateLimitError,
  SupabaseManagementError,
  TimeoutError,
} from "./errors.js";
