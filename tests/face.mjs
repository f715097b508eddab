// Which face of the client the tests of this process judge. It is that of the npm package, unless a test file has set the
// other one before it imports the tests that both have in common: see rust-face-faults.test.js.
import { SupabaseManagement as NpmFace } from "../pkg/index.js";
import { kinds as npmKinds } from "./faults/kinds.mjs";

/** The class of clients. */
export let SupabaseManagement = NpmFace;

/** The kinds of call of the matrix of faults: see faults/kinds.mjs. */
export let kinds = npmKinds;

/** What stands behind the name of whatever is counted. */
export let named = "";

/** Sets another face, for whoever asks from now on. */
export function useFace(face) {
  ({ SupabaseManagement, kinds = npmKinds, named = "" } = face);
}
