// Paths in the words of the client's errors: `name`, `a.b`, `[3].status`, `a["odd key"]`.

const step = /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\.?([^.[\]]+)/gy;

/** The steps of a path: `add[0].name` is `["add", 0, "name"]`. */
export function stepsOf(text) {
  const steps = [];
  for (const [, index, quoted, name] of text.matchAll(step)) {
    if (index !== undefined) steps.push(Number(index));
    else steps.push(quoted === undefined ? name : JSON.parse(`"${quoted}"`));
  }
  return steps;
}

/** The path of steps, as the client writes it. */
export const pathOf = (steps) =>
  steps.reduce((path, one) => {
    if (typeof one === "number") return `${path}[${one}]`;
    if (!/^[\w$-]+$/.test(one)) return `${path}[${JSON.stringify(one)}]`;
    return path ? `${path}.${one}` : one;
  }, "");

/** Whether one path leads to the other or into it. */
export const leadsTo = (steps, others) => steps.every((one, at) => one === others[at]);

export const samePath = (steps, others) => steps.length === others.length && leadsTo(steps, others);

/** What stands at a path, or undefined. */
export const valueAt = (value, steps) => steps.reduce((inner, one) => inner?.[one], value);
