// Code that can be copied.
import { usePage } from "../context.js";
import { Scroller } from "./scroller.jsx";

/** @param label what the code is, for people who hear it */
export function Copied({ label, text }) {
  const { announce } = usePage();
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      announce(`Copied: ${label}`);
    } catch (error) {
      announce(`The browser does not let this page copy: ${error.message}`);
    }
  }
  return (
    <div class="copied">
      <Scroller class="code" label={label}>
        <pre>
          <code>{text}</code>
        </pre>
      </Scroller>
      <button type="button" class="small" onClick={copy}>
        Copy
      </button>
    </div>
  );
}
