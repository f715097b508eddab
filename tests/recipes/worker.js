// A Worker that deploys what lies in a bucket of R2, where for instance a build has put it:
// `curl -X POST -H "Authorization: Bearer $DEPLOY_PASSWORD" https://….workers.dev/<ref of the project>`
// `wrangler secret put` gives it SUPABASE_ACCESS_TOKEN and DEPLOY_PASSWORD, without which nobody may ask for anything.
import { deploy } from "./everyday.js";

/** The bucket as a folder. A list comes in pages of a thousand. */
const folderIn = (bucket) => ({
  async list(prefix) {
    const paths = [];
    for (let page, cursor; !page || page.truncated; cursor = page.cursor) {
      page = await bucket.list({ prefix, cursor });
      paths.push(...page.objects.map(({ key }) => key));
    }
    return paths;
  },
  read: async (path) => (await bucket.get(path))?.arrayBuffer(),
});

/** Compares digests, so that the time it takes tells nothing of the password. */
async function isOperator(request, password) {
  const digest = (text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const given = await digest(request.headers.get("authorization") ?? "");
  return Boolean(password) && crypto.subtle.timingSafeEqual(given, await digest(`Bearer ${password}`));
}

export default {
  async fetch(request, env) {
    if (!(await isOperator(request, env.DEPLOY_PASSWORD))) return new Response(null, { status: 401 });
    if (request.method !== "POST") return new Response(null, { status: 405 });
    const ref = new URL(request.url).pathname.slice(1);
    try {
      const { done } = await deploy({ files: folderIn(env.FILES) }, ref, env);
      return Response.json({ done });
    } catch (error) {
      // What was done and what is left, where it broke off on the way: the same request again goes on from there.
      return Response.json({ error: error.message, done: error.done, left: error.left }, { status: 502 });
    }
  },
};
