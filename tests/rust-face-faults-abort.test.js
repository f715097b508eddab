// Calls of the Rust face that are aborted at any moment of any fault: the tests of faults-abort.test.js.
import { useFace } from "./face.mjs";
import { rustFace } from "./rust-face/face.mjs";

useFace({ SupabaseManagement: await rustFace(), named: " in Rust" });
await import("./faults-abort.test.js");
