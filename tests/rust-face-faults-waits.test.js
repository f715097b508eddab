// The waits between the attempts of the Rust face: the tests of faults-waits.test.js.
import { useFace } from "./face.mjs";
import { rustFace } from "./rust-face/face.mjs";

useFace({ SupabaseManagement: await rustFace(), named: " in Rust" });
await import("./faults-waits.test.js");
