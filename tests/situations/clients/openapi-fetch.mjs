import createClient from "openapi-fetch";

export { open } from "./fields.mjs";

export function connect({ baseUrl, accessToken }) {
  const client = createClient({ baseUrl, headers: { Authorization: `Bearer ${accessToken}` } });
  const of = (ref) => ({ params: { path: { ref } } });
  return {
    list: () => client.GET("/v1/projects"),
    create: (body) => client.POST("/v1/projects", { body }),
    get: (ref) => client.GET("/v1/projects/{ref}", of(ref)),
    update: (ref, body) => client.PATCH("/v1/projects/{ref}", { ...of(ref), body }),
    functions: (ref) => client.GET("/v1/projects/{ref}/functions", of(ref)),
    logs: (ref) => client.GET("/v1/projects/{ref}/analytics/endpoints/logs.all", of(ref)),
    secrets: (ref) => client.GET("/v1/projects/{ref}/secrets", of(ref)),
  };
}
