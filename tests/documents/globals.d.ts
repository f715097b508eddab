// What the examples of the documents take for granted, so that each can show what it is about. tests/documents/globals.mjs has
// the same names as values, for the examples that are run.
import type { Project, SupabaseManagement } from "supabase-management-wasm";
import type { Sandbox } from "supabase-management-wasm/sandbox";

declare global {
  const client: SupabaseManagement;
  const sandbox: Sandbox;
  const ref: string;
  const from: string;
  const to: string;
  const project: Project;
  const accessToken: string;
  // Set, as far as the examples are concerned.
  const process: { env: Record<string, string>; exitCode?: number };
  const Deno: {
    env: { get(name: string): string | undefined };
    serve(handler: (request: Request) => Response | Promise<Response>): void;
  };
}
