// A Worker that looks after all projects of an account every night: it wakes those that must not sleep, looks for a backup, asks the
// advisors for what is dangerous, and tells the result to an address of yours. For more projects than one invocation may have
// requests for, see supabase-management-wasm/fleet/cloudflare.
import { SupabaseManagement } from "supabase-management-wasm";
import { fleet } from "supabase-management-wasm/fleet";

const dangerous = [
  "rls_disabled_in_public",
  "policy_exists_rls_disabled",
  "security_definer_view",
  "auth_users_exposed",
];
const dayAndSpare = 26 * 3_600_000;

/** What there is to say of a project, in lines. Each part is asked for by itself: one that fails is a line as well. */
async function lookAfter(client, { ref, name, status }, awake, now) {
  const lines = [];
  const say = (line) => lines.push(`${name} (${ref}): ${line}`);
  const attempt = (what, work) => work().catch((error) => say(`${what} failed: ${error.message}`));
  if (status === "INACTIVE") {
    if (!awake.includes(ref)) return lines;
    await attempt("waking it", async () => {
      await client.projects.restore(ref);
      say("was paused, and is being restored");
    });
    return lines;
  }
  if (status !== "ACTIVE_HEALTHY") {
    say(`is ${status}`);
    return lines;
  }
  await attempt("looking at its backups", async () => {
    const { backups, pitr_enabled } = await client.backups.list(ref);
    const times = backups.flatMap(({ status, inserted_at }) =>
      status === "COMPLETED" ? [Date.parse(inserted_at)] : [],
    );
    if (!pitr_enabled && now - Math.max(0, ...times) > dayAndSpare) say("has no backup of the last day");
  });
  await attempt("asking the advisors", async () => {
    const attributes = { lints: dangerous.map((name) => ({ name })) };
    const { data } = await client.v2.advisors.run(ref, { data: { type: "project_advisors", attributes } });
    for (const { detail } of data.attributes.lints) say(detail);
  });
  return lines;
}

export default {
  /** @param env SUPABASE_ACCESS_TOKEN; AWAKE: refs of projects that must not sleep, with commas; REPORT_URL: what takes `{ "text": … }` */
  async scheduled({ scheduledTime }, env) {
    const client = new SupabaseManagement({ accessToken: env.SUPABASE_ACCESS_TOKEN, baseUrl: env.SUPABASE_API_URL });
    const awake = (env.AWAKE ?? "").split(",");
    const projects = await client.projects.list();
    const report = await fleet(projects, (project) => lookAfter(client, project, awake, scheduledTime), {
      client,
      concurrency: 6,
    });
    const lines = report.projects.flatMap(({ ref, value, error }) => value ?? [`${ref}: ${error?.message}`]);
    const text = [`${projects.length} projects, ${lines.length} things to know`, ...lines].join("\n");
    console.log(text);
    const answer = await fetch(env.REPORT_URL, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
    });
    // An invocation that throws is shown as failed.
    if (!answer.ok) throw new Error(`the report was refused with ${answer.status}`);
  },
};
