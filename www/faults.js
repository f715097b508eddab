// Errors, worded as the library words them.
import { stamp } from "./dom.js";

/** What an error tells beside its words. */
const facts = ["path", "expected", "received", "status", "attempts"];

const inWords = (key, value) => (key === "attempts" && value === 0 ? "0, nothing was sent" : String(value));

/** An element that shows an error: its name, its message, and what it tells besides. */
export function faultOf(error) {
  const { name = "Error", message = String(error) } = Object(error);
  const fault = stamp("fault", { name, message });
  const told = facts.filter((key) => error?.[key] !== undefined && error[key] !== "");
  fault.querySelector("dl").append(...told.map((key) => stamp("fact", { key, value: inWords(key, error[key]) })));
  return fault;
}
