// The matrix of faults through the Rust face: the same cells as in faults.test.js, and what is right in each of them is
// derived from the same rules.
import { kinds, useFace } from "./face.mjs";
import { rustFace } from "./rust-face/face.mjs";
import { kindsInRust } from "./rust-face/language.mjs";

useFace({ SupabaseManagement: await rustFace(), kinds: kindsInRust(kinds), named: " in Rust" });
await import("./faults.test.js");
