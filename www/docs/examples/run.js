// Runs an example on a sandbox: for the Run buttons of the reference, and for the test that runs every one of them.

/** What `branch.id` or `runs[0].id` names among the values so far. */
function lookUp(path, values) {
  const [, name, rest] = /^(\w+)(.*)$/.exec(path);
  return Array.from(rest.matchAll(/\.(\w+)|\[(\d+)\]/g)).reduce(
    (value, [, field, at]) => value[field ?? at],
    values[name],
  );
}

function given(value, values) {
  if (value === null || typeof value !== "object") return value;
  if ("$from" in value) return lookUp(value.$from, values);
  if ("$bytes" in value) return new Uint8Array(value.$bytes);
  if (Array.isArray(value)) return value.map((item) => given(item, values));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, given(item, values)]));
}

async function runStep(step, { client, sandbox, values }) {
  if (step.now) return Math.floor(Date.now() / 1000);
  if (step.advance) return sandbox.advance(step.advance);
  if (step.agree) {
    const { headers } = await sandbox.fetch(given(step.agree, values));
    return new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";
  }
  const path = step.id.split(".");
  const method = path.pop();
  const group = path.reduce((holder, word) => holder[word], client);
  return group[method](...given(step.args, values));
}

/**
 * Runs the steps of an example in their order, on a sandbox of its own.
 * @param tools `SupabaseManagement` and `createSandbox` of the package, and `postgres` as the sandbox takes it
 * @returns what the last step gave
 */
export async function runExample({ steps }, { SupabaseManagement, createSandbox, postgres }) {
  const sandbox = createSandbox({ postgres });
  try {
    const client = new SupabaseManagement({ accessToken: "sbp_try", fetch: sandbox.fetch });
    const values = {};
    let answer;
    for (const step of steps) {
      answer = await runStep(step, { client, sandbox, values });
      if (step.as) values[step.as] = answer;
    }
    return answer;
  } finally {
    await sandbox.close();
  }
}

/** An answer as people read it. */
export function shown(answer) {
  if (answer === undefined) return "(no answer: it is done)";
  if (typeof answer === "string") return answer;
  const bytes = answer instanceof ArrayBuffer ? new Uint8Array(answer) : answer;
  if (bytes instanceof Uint8Array) return `${bytes.length} bytes`;
  return JSON.stringify(bytes, null, 2);
}
