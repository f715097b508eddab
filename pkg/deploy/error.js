// Errors of plan and apply.
import { InputError } from "../errors.js";

/** Something in the options, the folder or `config.toml` is wrong. Nothing was changed. */
export function inputError(path, expected, received) {
  const message = `plan: ${path}: expected ${expected}, received ${received}`;
  return new InputError({ message, endpoint: "plan", own: { path, expected, received } });
}

/** A plan that broke off. `cause` is why; `done` and `left` are the changes before and after. */
export class DeployError extends Error {
  constructor(title, cause, done, left) {
    const share = `${done.length} of ${done.length + left.length} changes were made`;
    super(`${title}: ${cause?.message ?? cause} (${share})`, { cause });
    Object.defineProperty(this, "name", { value: "DeployError", configurable: true });
    this.done = done;
    this.left = left;
  }
}
