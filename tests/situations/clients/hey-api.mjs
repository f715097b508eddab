import { createClient, createConfig } from "generated/client";
import * as sdk from "generated/sdk.gen";

export { open } from "./fields.mjs";

export function connect({ baseUrl, accessToken }) {
  const client = createClient(createConfig({ baseUrl, auth: accessToken }));
  const of = (ref) => ({ client, path: { ref } });
  return {
    list: () => sdk.v1ListAllProjects({ client }),
    create: (body) => sdk.v1CreateAProject({ client, body }),
    get: (ref) => sdk.v1GetProject(of(ref)),
    update: (ref, body) => sdk.v1UpdateAProject({ ...of(ref), body }),
    functions: (ref) => sdk.v1ListAllFunctions(of(ref)),
    logs: (ref) => sdk.v1GetProjectLogs(of(ref)),
    secrets: (ref) => sdk.v1ListAllSecrets(of(ref)),
  };
}
