// Node, Deno, Bun, browsers, bundlers: the bytes of the rules are in a module, so that there is no file to be found at run time.
import { defineDeploy } from "./deploy/define.js";
import bytes from "./dist/deploy-bytes.js";

export const { plan, restorePlan, parseEnv } = /* @__PURE__ */ defineDeploy(() => new WebAssembly.Module(bytes()));
export { DeployError } from "./deploy/error.js";
