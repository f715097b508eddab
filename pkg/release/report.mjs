// What the release says: one line for each step. The first step that fails ends it. A check that could not be made is said
// where it stands and again at the end, so that nobody takes silence for a result.

/** Thrown by a check that could not be made. `fatal`: whether nothing may be published without it. */
export class NotChecked extends Error {
  constructor(reason, { fatal = true } = {}) {
    super(reason);
    this.fatal = fatal;
  }
}

export class Report {
  #notChecked = [];
  #publishing;
  #say;

  /** @param options `publishing`: a check that could not be made ends the release, unless it says that it need not */
  constructor({ publishing, say = console.log }) {
    this.#publishing = publishing;
    this.#say = say;
  }

  /** Runs a step, and gives what it gives. A text, or the property `said`, is what the line tells. */
  async step(name, action) {
    const begun = Date.now();
    const took = () => (Date.now() - begun > 1500 ? ` (${Math.round((Date.now() - begun) / 1000)} s)` : "");
    try {
      const result = await action();
      const said = typeof result === "string" ? result : result?.said;
      this.#say(`ok           ${name}${said ? `: ${said}` : ""}${took()}`);
      return result;
    } catch (error) {
      if (!(error instanceof NotChecked) || (this.#publishing && error.fatal)) {
        this.#say(`FAILED       ${name}: ${error.message}`);
        throw new Failed(name);
      }
      this.#say(`NOT CHECKED  ${name}: ${error.message}${took()}`);
      this.#notChecked.push(`${name}: ${error.message.split("\n")[0]}`);
    }
  }

  /** What could not be checked, in one line each. */
  get notChecked() {
    return this.#notChecked;
  }
}

/** A step failed, and has said so. */
export class Failed extends Error {}
