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
  isSupabaseManagementError,
  isTimeoutError,
  isWaitError,
  SupabaseManagementError,
  TimeoutError,
  WaitError,
} from "./errors.js";
export { waitUntil } from "./waiters.js";
