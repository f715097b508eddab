// A plan as a user holds it. The calls that it will make stay out of sight: they hold the values of secrets.
import { methodOf } from "./calls.js";
import { DeployError } from "./error.js";

/** How many functions are bundled at once, unless somebody says otherwise. */
const jobsByDefault = 4;

export class Plan {
  #made;
  #draft;
  /** What was bundled, by digest: an apply that goes on does not send it again. */
  #bundled = new Map();
  #begun = false;

  constructor({ draft, ...made }) {
    this.#made = made;
    this.#take(draft);
  }

  #take(draft) {
    this.#draft = draft;
    this.ref = draft.ref ?? undefined;
    this.changes = draft.changes.map(({ text: _, ...change }) => change);
    this.unchanged = draft.unchanged;
    this.notes = draft.notes;
  }

  /** Whether there is nothing to do. */
  get empty() {
    return this.changes.length === 0;
  }

  toString() {
    const { changes, notes, unchanged } = this.#draft;
    const lines = changes.map(({ text }) => text);
    lines.push(`${changes.length} to change, ${unchanged} as they should be`, ...notes.map((note) => `note: ${note}`));
    return lines.join("\n");
  }

  toJSON() {
    const { ref, changes, unchanged, notes } = this;
    return { version: 1, ref, changes, unchanged, notes };
  }

  [Symbol.for("nodejs.util.inspect.custom")]() {
    return this.toString();
  }

  async apply({ onProgress = () => {}, signal, jobs = jobsByDefault } = {}) {
    // What was begun before may be done, be it only that its answer was lost.
    if (this.#begun) this.#take(await this.#made.drawUp(this.ref, signal));
    this.#begun = true;
    const remembered = {};
    const done = [];
    for (;;) {
      const created = await this.#run({ onProgress, signal, jobs, done, remembered });
      if (created === undefined) return this.#withKeys({ ref: this.ref, done, remembered }, signal);
      // The project is there now: what it lacks is what it is compared with.
      this.#take(await this.#made.drawUp(created, signal));
    }
  }

  /** The keys of a project that might be new. They are out of sight, as some of them are secret. */
  async #withKeys(applied, signal) {
    const { client, createsProject } = this.#made;
    if (!createsProject) return applied;
    const list = (query) => client.apiKeys.list(applied.ref, query, { signal });
    const value = await list({ reveal: true }).catch((error) => {
      // A token that may list keys need not be one that may see them.
      if (error.status !== 403) throw error;
      return list({});
    });
    return Object.defineProperty(applied, "keys", { value });
  }

  /** Makes the calls of the draft. Resolves to the reference of a project that was created, which ends this draft. */
  async #run({ onProgress, signal, jobs, done, remembered }) {
    const { requests, changes, functions } = this.#draft;
    let { ref } = this;
    const made = new Set();
    const answers = [];
    let ended = 0;
    const tell = (state, { title, part, changes: covered }, more) =>
      onProgress({
        state,
        title,
        part,
        index: ended,
        total: requests.length,
        changes: pick(this.changes, covered),
        ...more,
      });

    const perform = async (request, at) => {
      signal?.throwIfAborted();
      tell("begun", request);
      answers[at] = await this.#call(request, ref, answers, signal);
      ended++;
      for (const change of request.changes) made.add(change);
      done.push(...pick(this.changes, request.changes));
      tell("done", request);
    };

    for (const group of groupsOf(requests)) {
      const queue = group.map((at) => [requests[at], at]);
      let failure;
      const work = async () => {
        for (let next = queue.shift(); next && !failure; next = queue.shift()) {
          const [request, at] = next;
          await perform(request, at).catch((cause) => (failure ??= { request, cause }));
        }
      };
      await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, queue.length)) }, work));
      if (failure) {
        if (signal?.aborted) throw signal.reason;
        const left = this.changes.filter((_, at) => !made.has(at));
        throw new DeployError(failure.request.title, failure.cause, done, left);
      }
      if (requests[group[0]].endpoint === "projects.create") this.ref = ref = answers[group[0]].ref;
    }
    const deployed = answers.flatMap((answer) => answer?.functions ?? answer ?? []);
    for (const [slug, { digest, bundle }] of Object.entries(functions)) {
      const answer = deployed.find((one) => one.slug === slug);
      const known = bundle || answer?.ezbr_sha256;
      if (known) remembered[slug] = { digest, bundle: known };
    }
    return this.#draft.ref === null && changes.length > 0 ? ref : undefined;
  }

  async #call({ endpoint, arguments: given, bundle, activates, key }, ref, answers, signal) {
    const { client, rules } = this.#made;
    const method = methodOf(client, endpoint);
    const options = { signal, ...(key && { idempotencyKey: key }) };
    if (endpoint === "projects.waitUntilHealthy") {
      return await method(ref, { ...given[1], ...options });
    }
    if (activates) {
      const bundled = answers.filter((answer) => answer?.ezbr_sha256 !== undefined || answer?.slug !== undefined);
      return await method(ref, rules.activation(bundled), options);
    }
    if (bundle && this.#bundled.has(bundle)) return this.#bundled.get(bundle);
    const args = endpoint === "functions.deploy" ? await this.#withFiles(given) : given;
    try {
      const answer = await method(...args, options);
      if (bundle) this.#bundled.set(bundle, answer);
      return answer;
    } catch (error) {
      // What is to go is gone.
      if (endpoint === "functions.delete" && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The files of a function, with their contents. */
  async #withFiles([ref, { metadata, file }, query]) {
    const read = async ({ path }) => ({ path, content: await this.#made.sources.read(path) });
    return [ref, { metadata, file: await Promise.all(file.map(read)) }, query];
  }
}

const pick = (changes, at) => at.map((one) => changes[one]);

/** Requests that may be made beside each other: functions that are only bundled. */
function groupsOf(requests) {
  const groups = [];
  for (const [at, { bundle }] of requests.entries()) {
    const last = groups.at(-1);
    if (bundle && last && requests[last[0]].bundle) last.push(at);
    else groups.push([at]);
  }
  return groups;
}
