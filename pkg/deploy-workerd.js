// Cloudflare Workers compile no bytes at run time; their tools make a module of a .wasm file.
import { defineDeploy } from "./deploy/define.js";
import wasm from "./dist/deploy.wasm";

export const { plan, restorePlan, parseEnv } = /* @__PURE__ */ defineDeploy(() => wasm);
export { DeployError } from "./deploy/error.js";
