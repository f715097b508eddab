// The account that a fleet works on: a sandbox with many projects, as a server that counts what it is asked.
import { createServer } from "node:http";
import { SupabaseManagement } from "../../pkg/index.js";
import { createSandbox } from "../../pkg/sandbox.js";

/** @param options `organizations`: how many the projects are spread over; those of one share the limits of its endpoints */
export async function openAccount({ projects, organizations = 1, rateLimit }) {
  const slugs = Array.from({ length: organizations }, (_, at) => `tenants-${at + 1}`);
  const sandbox = createSandbox({
    database: false,
    rateLimit,
    seed: {
      organizations: slugs.map((slug) => ({ slug, name: slug })),
      projects: Array.from({ length: projects }, (_, at) => ({
        name: `tenant ${at + 1}`,
        organization_slug: slugs[at % organizations],
      })),
    },
  });
  const counts = { requests: 0, refusals: 0, lost: 0, creations: 0 };

  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers } = request;
    counts.requests += 1;
    if (method === "POST") counts.creations += 1;
    const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
    try {
      const answer = await sandbox.fetch(`http://sandbox${url}`, { method, headers, body });
      if (answer.status === 429) counts.refusals += 1;
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      // A test asked for a connection that is lost.
      counts.lost += 1;
      response.destroy();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

  // Limits are counted for each token, so looking takes nothing from the fleet.
  const client = new SupabaseManagement({ fetch: sandbox.fetch, accessToken: "sbp_observer", rateLimit: "wait" });
  const refs = (await client.projects.list()).map(({ ref }) => ref);
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    sandbox,
    counts,
    refs,
    organizations,
    /** How many keys of this name each project has. */
    async keysNamed(name) {
      const found = [];
      for (const ref of refs) found.push((await client.apiKeys.list(ref)).filter((key) => key.name === name).length);
      return found;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
