// Errors and their guards, as TypeScript sees them. Checked by types.test.js; never run.
import {
  ApiError,
  ConnectionError,
  DecodeError,
  InputError,
  init,
  isApiError,
  isConnectionError,
  isOutcomeUnknownError,
  isRateLimitError,
  isDecodeError,
  isInputError,
  isSupabaseManagementError,
  isTimeoutError,
  SupabaseManagement,
  SupabaseManagementError,
  TimeoutError,
} from "../../pkg/index.js";

type IsAny<T> = 0 extends 1 & T ? true : false;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function is<T extends true>(..._: [T?]): void {}

await init();
try {
  await new SupabaseManagement().projects.list();
} catch (error) {
  if (isApiError(error)) {
    is<Equal<typeof error, ApiError>>();
    const [status, text, missing]: [number, string, string[]] = [error.status, error.text, error.missingPermissions];
    const reset: number | undefined = error.rateLimit?.resetSeconds;
    const type: string | null = error.headers.get("content-type");
    is<Equal<typeof error.body, unknown>>();
    // @ts-expect-error a body is looked at before it is used
    error.body.message;
    is<Equal<typeof error.outcomeUnknown, boolean>>();
    console.log(status, text, missing, reset, type);
  } else if (isInputError(error) || isDecodeError(error)) {
    const [path, expected, received]: [string, string, string] = [error.path, error.expected, error.received];
    // @ts-expect-error only one of them has a status
    error.status;
    if (error.name === "DecodeError") console.log(error.status satisfies number, error.text satisfies string);
    console.log(path, expected, received);
  } else if (isConnectionError(error)) {
    is<Equal<typeof error.cause, unknown>>();
  } else if (isTimeoutError(error)) {
    console.log(error.outcomeUnknown satisfies boolean);
  } else if (isSupabaseManagementError(error)) {
    console.log(error.endpoint satisfies string, error.route satisfies string, error.attempts satisfies number);
  } else {
    is<Equal<typeof error, unknown>>();
  }

  if (error instanceof ApiError) console.log(error.status satisfies number);
  if (error instanceof SupabaseManagementError) {
    is<Equal<IsAny<typeof error>, false>>();
    console.log(error.message satisfies string, error.stack satisfies string | undefined);
    // @ts-expect-error not every error has a status
    error.status;
  }
}

const classes = [ApiError, ConnectionError, DecodeError, InputError, TimeoutError];
const all: readonly (abstract new (...args: never[]) => SupabaseManagementError)[] = classes;
type Name = "ApiError" | "ConnectionError" | "OutcomeUnknownError" | "DecodeError" | "InputError" | "TimeoutError";
const names: Name[] = classes.map(({ prototype }) => prototype.name);

export function outcome(error: unknown) {
  if (isOutcomeUnknownError(error)) is<Equal<typeof error.outcomeUnknown, true>>();
  if (isRateLimitError(error)) console.log(error.retryAfterMs satisfies number);
  if (isConnectionError(error)) console.log(error.cause);
  if (isApiError(error)) {
    console.log(error.retryAfterMs satisfies number | undefined, error.requiredScope satisfies string | undefined);
    for (const { path, reason } of error.validationErrors) console.log(path satisfies string, reason satisfies string);
    is<Equal<typeof error.requiredPermissions, string[][]>>();
  }
}
// An error that travels, and one that is late.
export function travels(error: SupabaseManagementError) {
  const { name, endpoint, status } = error.toJSON();
  console.log(name satisfies string, endpoint satisfies string);
  is<Equal<typeof status, unknown>>();
  const back = SupabaseManagementError.fromJSON(JSON.parse(JSON.stringify(error)));
  // @ts-expect-error it may have been somebody else's
  back.endpoint;
  if (isApiError(back)) console.log(back.status satisfies number);
  if (isTimeoutError(back)) {
    is<Equal<typeof back.cause, unknown>>();
    console.log(back.status satisfies string | undefined);
  }
}

export async function aborted(signal: AbortSignal) {
  const call = new SupabaseManagement().projects.delete("abcdefghijklmnopqrst", { signal });
  const more = call.withResponse();
  await call.catch(() => {});
  is<Equal<typeof call.outcomeUnknown, boolean | undefined>>();
  is<Equal<typeof more.outcomeUnknown, boolean | undefined>>();
  // @ts-expect-error the client says so, and nobody else
  call.outcomeUnknown = true;
}

// @ts-expect-error what an error holds stays as it is
(({}) as ApiError).status = 1;

console.log(all, names);
