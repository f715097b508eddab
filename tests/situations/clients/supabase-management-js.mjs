import { SupabaseManagementAPI } from "supabase-management-js";

export const open = ({ data, status }) => ({ value: data, status });

export function connect({ baseUrl, accessToken }) {
  const client = new SupabaseManagementAPI({ baseUrl, accessToken });
  return {
    list: () => client.listAllProjects(),
    create: (body) => client.createAProject(body),
    get: (ref) => client.getProject(ref),
    update: (ref, body) => client.updateAProject(ref, body),
    functions: (ref) => client.listAllFunctions(ref),
    logs: (ref) => client.getProjectLogs(ref),
    secrets: (ref) => client.listAllSecrets(ref),
  };
}
