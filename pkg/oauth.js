// What `client.oauth` makes of random numbers. Nothing is sent.
import { calledBy, errorOf, siteOf } from "./errors.js";
import { Pending } from "./pending.js";

/** Gives the resource its methods that call nothing. */
export function addOauth({ oauth }, runtime) {
  oauth.createState = function createState() {
    const { value, error } = runtime.invoke("createState");
    if (error) throw calledBy(createState, errorOf(error));
    return value;
  };
  oauth.createPkce = async function createPkce() {
    const pending = Object.assign(new Pending(runtime), { caller: siteOf(createPkce) });
    runtime.invoke("createPkce", pending);
    return pending.outcome();
  };
}
