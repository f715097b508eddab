// A preview branch for each pull request: a branch of the project with a database of its own, brought to what the folder says.
// github-previews.yml runs this file: `node preview-branch.js <action of the pull request> <its number>`.
import { pathToFileURL } from "node:url";
import { isApiError, SupabaseManagement } from "supabase-management-wasm";
import { plan } from "supabase-management-wasm/deploy";
import { readFolder } from "supabase-management-wasm/deploy/folder";

/**
 * Creates the branch, or takes the one that an earlier run has created, and deploys to it. The name is what it is found by: a run that
 * breaks off at any point is made up for by the next one. A branch begins with the migrations of the project: a pull request that lacks one
 * of them is refused until it is brought up to date.
 */
export async function openPreview(client, ref, name, folder, env) {
  const branch = (await find(client, ref, name)) ?? (await client.branches.create(ref, { branch_name: name }));
  // The platform pauses a branch that nobody has used for a while.
  if (branch.preview_project_status === "INACTIVE") await client.projects.restore(branch.project_ref);
  await client.branches.waitUntilHealthy(branch.project_ref);
  const work = await plan(client, branch.project_ref, { ...folder, env });
  console.log(`${work}`);
  await work.apply();
  return { ref: branch.project_ref, url: `https://${branch.project_ref}.supabase.co` };
}

/** Deletes the branch with all its data. Where there is none any more, there is nothing to do. */
export async function closePreview(client, ref, name) {
  const branch = await find(client, ref, name);
  if (!branch) return;
  await client.branches.delete(branch.project_ref).catch((error) => {
    if (!isApiError(error) || error.status !== 404) throw error;
  });
}

const find = async (client, ref, name) => (await client.branches.list(ref)).find((branch) => branch.name === name);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [action, number] = process.argv.slice(2);
  const client = new SupabaseManagement();
  const { SUPABASE_PROJECT_ID: ref } = process.env;
  if (action === "closed") await closePreview(client, ref, `pr-${number}`);
  else console.log((await openPreview(client, ref, `pr-${number}`, await readFolder("supabase"), process.env)).url);
}
