// Every file here connects one client to an address and gives the same calls; `open` tells what a result of its is.
import { SupabaseManagement } from "../../face.mjs";

export const open = (value) => ({ value });

export function connect(options) {
  const client = new SupabaseManagement(options);
  return {
    client,
    list: () => client.projects.list(),
    create: (body) => client.projects.create(body),
    get: (ref) => client.projects.get(ref),
    update: (ref, body) => client.projects.update(ref, body),
    functions: (ref) => client.functions.list(ref),
    logs: (ref) => client.analytics.getLogsAll(ref),
    secrets: (ref) => client.secrets.list(ref),
  };
}
