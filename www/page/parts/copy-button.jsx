// A button that puts a text on the clipboard.
import { usePage } from "../context.js";

/**
 * @param label what the button says
 * @param text the text, or a function that gives it, or a promise of it, when the button is pressed
 * @param said what is announced when it is done; further properties are those of the button
 */
export function CopyButton({ label, text, said = "Copied", ...properties }) {
  const { announce } = usePage();
  async function copy() {
    try {
      await navigator.clipboard.writeText(typeof text === "function" ? await text() : text);
      announce(said);
    } catch (error) {
      announce(`The browser did not let this page use the clipboard: ${error.message}`);
    }
  }
  return (
    <button type="button" {...properties} onClick={copy}>
      {label}
    </button>
  );
}
