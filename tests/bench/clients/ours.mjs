import { SupabaseManagement } from "supabase-management-wasm";

const client = new SupabaseManagement({ accessToken: "sbp_bench", validation: import.meta.env.VALIDATION });

export const projects = () => client.projects.list();
export const functions = (ref) => client.functions.list(ref);
