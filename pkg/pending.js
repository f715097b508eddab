// What a promise of the client waits for.
import { calledBy, errorOf, thrownTo } from "./errors.js";

/** Something that a promise waits for. The wasm ends it: with a value, with the record of an error, or with what the user brought. */
export class Pending {
  settled = false;
  /** Where it was begun. Without it, an error tells who awaits it, which costs nothing as long as there is none. */
  caller;
  #wake;
  #error;

  constructor(runtime) {
    this.runtime = runtime;
    // The instance of the wasm that it depends on. A trap of another one does not concern it.
    this.own = runtime.current();
    runtime.pending.add(this);
  }

  succeed(value) {
    this.value = value;
    this.end();
  }

  fail(record) {
    this.end((method) => calledBy(method, errorOf(record)));
  }

  throwValue(value) {
    this.end((method) => thrownTo(method, value));
  }

  /** The instance of the wasm that it was in is gone. */
  die(error) {
    this.end((method) => calledBy(method, error));
  }

  end(error) {
    if (this.settled) return;
    this.settled = true;
    this.#error = error;
    this.forget();
    this.#wake?.();
  }

  /** It waits for nothing any more. */
  forget() {
    this.runtime.pending.delete(this);
  }

  /**
   * What it ends with. An error is made only here, behind the wait: the engine then tells by itself who awaits this call, at no cost.
   * @param method what the user called: whoever called that is where an error begins that comes at once
   */
  async outcome(method) {
    const early = this.settled;
    if (!early) await new Promise((resolve) => (this.#wake = resolve));
    if (this.#error) throw this.#error(this.caller ?? (early ? method : this.outcome));
    return this.value;
  }
}
