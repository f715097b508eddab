// Properties that hold for every input, tried on random ones through the wasm. `FUZZ_SECONDS` is how long all of them
// take together (default 30), `SEED` where they begin; tests/fuzz.rs does the same natively. What fails is made as small
// as it goes and printed, with the command that tries it again.
import { declare } from "./fuzz/runner.mjs";
import "./fuzz/addresses.mjs";
import "./fuzz/checker.mjs";
import "./fuzz/errors.mjs";
import "./fuzz/limits.mjs";
import "./fuzz/pages.mjs";
import "./fuzz/redaction.mjs";
import "./fuzz/retries.mjs";
import "./fuzz/tokens.mjs";

declare();
