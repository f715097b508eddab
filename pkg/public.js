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
  isSupabaseManagementError,
  isTimeoutError,
  SupabaseManagementError,
  TimeoutError,
} from "./errors.js";
