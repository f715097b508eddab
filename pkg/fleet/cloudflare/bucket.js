// Gives permits for the calls of one rate limit, so that workflows which know nothing of each other stay below it together.

/** What of the limit is given away. The rest is room for calls that come late, and for others with the same token. */
const share = 0.9;

/** For how much of a window a permit holds. With it and `share`, no window sees more calls than the limit, wherever it begins. */
const grace = 0.05;

const minuteMs = 60_000;

/** How long all others wait for what the answer to the first call tells. The client waits as long. */
const patienceMs = 5_000;

/**
 * The schedule of permits, over plain data: the time is an argument, and whoever asks stores what it gives. Permits are spread
 * evenly, as nobody but the server knows when its window began.
 */
export const schedule = {
  first: (perMinute) => ({
    limit: perMinute,
    windowMs: minuteMs,
    nextAt: 0,
    closedUntil: 0,
    /** Until when the first call is waited for; `null` before it. */
    learningUntil: null,
    /** Permits of another number are void. */
    issue: 1,
  }),

  reserve(state, calls, now) {
    const { limit, windowMs, nextAt, closedUntil, learningUntil, issue } = state;
    if (learningUntil > now) return [{ again: true, waitMs: learningUntil - now }, state];
    const learning = learningUntil === null;
    const at = Math.max(now, nextAt, closedUntil);
    const each = windowMs / (limit * share);
    const permit = { at, waitMs: Math.ceil(at - now), graceMs: windowMs * grace, limit, issue, learning };
    const after = { ...state, nextAt: at + each * calls };
    return [permit, learning ? { ...after, learningUntil: at + patienceMs } : after];
  },

  /** Whether a permit still holds: it is not late, and nothing has been told since that makes it void. */
  holds: ({ issue, closedUntil }, permit, now) =>
    issue === permit.issue && now >= closedUntil && now <= permit.at + permit.graceMs,

  /** What an answer told: others may use the limit as well, or it may be another one than was thought. */
  learn(state, { limit, remaining, resetSeconds }, now) {
    const known = { ...state, learningUntil: 0 };
    const lower = limit > 0 && limit < state.limit;
    const next = lower
      ? { ...known, limit, issue: state.issue + 1, nextAt: now }
      : { ...known, limit: limit || state.limit };
    return remaining > 0 ? next : schedule.close(next, resetSeconds * 1000, now);
  },

  /** No call before that: permits that were given are void, and are given anew. */
  close(state, waitMs, now) {
    const until = now + waitMs;
    if (until <= state.closedUntil) return state;
    return { ...state, learningUntil: 0, closedUntil: until, nextAt: until, issue: state.issue + 1 };
  },
};

/** The Durable Object around it: one for each endpoint and project, organization or user. */
export const bucketObject = (Base) =>
  class extends Base {
    async reserve(calls, perMinute) {
      const [permit, after] = schedule.reserve(await this.#state(perMinute), calls, Date.now());
      await this.#keep(after);
      return permit;
    }

    async holds(permit, perMinute) {
      return schedule.holds(await this.#state(perMinute), permit, Date.now());
    }

    async learn(told, perMinute) {
      await this.#keep(schedule.learn(await this.#state(perMinute), told, Date.now()));
    }

    async close(waitMs, perMinute) {
      await this.#keep(schedule.close(await this.#state(perMinute), waitMs, Date.now()));
    }

    async #state(perMinute) {
      return (await this.ctx.storage.get("state")) ?? schedule.first(perMinute);
    }

    #keep = (state) => this.ctx.storage.put("state", state);
  };
