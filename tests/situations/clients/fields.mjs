/** For clients that give `data` or `error` as fields, with the `response` beside them. An error without body is none. */
export function open({ data, error, response }) {
  const status = response?.status;
  return error !== undefined || response?.ok === false ? { error, status } : { value: data, status };
}
