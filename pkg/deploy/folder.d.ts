import type { Folder } from "../deploy.js";

/**
 * A folder of this machine, for Node, Deno and Bun. Files are read when a plan asks for them. Links that lead out of the project are not followed.
 *
 * ```js
 * const work = await plan(client, ref, { ...(await readFolder("supabase")), env: process.env });
 * ```
 *
 * @param path The folder of Supabase. The project is the repository around it, or the folder above it where there is none.
 * @default "supabase"
 * @throws where there is no such folder.
 */
export declare function readFolder(path?: string): Promise<{ dir: string; files: Folder }>;
