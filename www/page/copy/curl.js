// A request as a command of curl, for a shell of POSIX.
import { isBytes } from "../form/value.js";
import { fileNameOf } from "./javascript.js";

const host = "https://api.supabase.com";

/** Text as one word of the shell. */
const word = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** Headers that curl sets itself, or that only say who calls. */
const own = /^(?:accept|user-agent|content-length|x-client-info)$/;

function headerOf([name, value]) {
  // In double quotes the shell puts the token in.
  return value.includes("$") ? `--header "${name}: ${value}"` : `--header ${word(`${name}: ${value}`)}`;
}

/** The options that make the body: JSON and forms as text, files by their names. */
function* bodyOf({ body: kind }, body) {
  if (kind === "multipart") {
    yield `--form ${word(`metadata=${JSON.stringify(body.metadata)};type=application/json`)}`;
    for (const { path } of body.file ?? []) yield `--form ${word(`file=@${path};filename=${path}`)}`;
  } else if (isBytes(body)) {
    yield `--data-binary ${word(`@${fileNameOf(body)}`)}`;
  } else if (kind === "form") {
    for (const [name, value] of Object.entries(body)) yield `--data-urlencode ${word(`${name}=${value}`)}`;
  } else {
    yield `--data ${word(JSON.stringify(body, null, 2))}`;
  }
}

/**
 * @param request what `requestOf` gave
 * @param body the body of the call, without secrets
 */
export function curlOf(operation, request, body) {
  const headers = Object.entries(request.headers).filter(
    ([name]) => !own.test(name) && !(operation.body === "multipart" && name === "content-type"),
  );
  return [
    `curl --request ${request.method}`,
    ...headers.map(headerOf),
    ...(body === undefined ? [] : bodyOf(operation, body)),
    word(`${host}${request.url}`),
  ].join(" \\\n  ");
}
