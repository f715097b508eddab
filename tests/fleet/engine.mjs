// A workflow engine in memory that can be killed at any moment: it keeps what ended, as that of Cloudflare does, and nothing else.

/** What ends a lifetime. Nobody may catch it for good: the next thing that is asked of a dead engine throws it again. */
export class Kill extends Error {}

export class Engine {
  #kept = new Map();
  #moments;
  /** Names of the steps that ended, in their order, and how long it slept, in milliseconds. */
  steps = [];
  slept = 0;
  /** The clock: it goes on when the engine sleeps. */
  now = Date.now();

  /** Begins a lifetime, which is killed at a moment, counted from 1 on. */
  begin(killAt = Number.POSITIVE_INFINITY) {
    this.#moments = killAt;
  }

  /** One of the moments at which a machine may fail. */
  moment() {
    this.#moments -= 1;
    if (this.#moments <= 0) throw new Kill("killed");
  }

  /** What a workflow is given. A step that fails is tried again as often as it says. */
  step = {
    do: async (name, ...rest) => {
      const work = rest.pop();
      const { retries } = rest[0] ?? { retries: { limit: 5 } };
      if (this.#kept.has(name)) return structuredClone(this.#kept.get(name));
      for (let attempt = (this.#attempts.get(name) ?? 0) + 1; ; attempt++) {
        this.moment();
        this.#attempts.set(name, attempt);
        try {
          const value = await work({ attempt });
          this.moment();
          this.#kept.set(name, structuredClone(value));
          this.steps.push(name);
          return value;
        } catch (error) {
          this.moment();
          if (error instanceof Kill || attempt > retries.limit) throw error;
        }
      }
    },
    sleep: async (name, milliseconds) => {
      if (this.#kept.has(name)) return;
      this.moment();
      if (!Number.isFinite(milliseconds)) throw new TypeError(`it cannot sleep ${milliseconds}`);
      this.slept += milliseconds;
      this.now += milliseconds;
      this.#kept.set(name, true);
    },
  };
  #attempts = new Map();
}

/** A Durable Object of a class, as a namespace gives it. Arguments and values are copied, as they would be on the way. */
export function namespaceOf(Class, { now, asked = () => {} } = {}) {
  const objects = new Map();
  const fresh = (name) => {
    const stored = new Map();
    const storage = {
      get: async (key) => structuredClone(stored.get(key)),
      put: async (key, value) => void stored.set(key, structuredClone(value)),
    };
    return Object.assign(new Class(), { ctx: { storage }, name });
  };
  const call = (name) =>
    new Proxy(
      {},
      {
        get: (_, method) =>
          method === "then"
            ? undefined
            : async (...args) => {
                asked(name, method);
                if (!objects.has(name)) objects.set(name, fresh(name));
                const real = Date.now;
                if (now) Date.now = now;
                try {
                  return structuredClone(await objects.get(name)[method](...structuredClone(args)));
                } finally {
                  Date.now = real;
                }
              },
      },
    );
  return { idFromName: (name) => name, get: call };
}
