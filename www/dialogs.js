// Dialogs: each has a form, which stays open, with the error in it, until what it asks for was done.
import { announce, byId, write } from "./dom.js";
import { faultOf } from "./faults.js";

/**
 * Opens a dialog.
 * @param fields values for its fields
 * @param texts texts for its `data-text`
 * @param submit does what the dialog is for, with the form's values; what it throws is shown
 * @param after is called when that is done and the dialog closed
 */
export function ask(id, { fields = {}, texts = {}, submit, after }) {
  const dialog = byId(`${id}-dialog`);
  const form = dialog.querySelector("form");
  const fault = form.querySelector(".fault");
  let busy = false;

  form.reset();
  for (const [name, value] of Object.entries(fields)) {
    form.elements[name][typeof value === "boolean" ? "checked" : "value"] = value;
  }
  write(dialog, texts);

  async function run(event) {
    event.preventDefault();
    if (busy) return;
    busy = true;
    form.setAttribute("aria-busy", "true");
    fault.replaceChildren();
    try {
      await submit(Object.fromEntries(new FormData(form)));
      dialog.close();
      after?.();
    } catch (error) {
      if (!dialog.open) return announce(error.message);
      fault.replaceChildren(faultOf(error));
      fault.scrollIntoView({ block: "nearest" });
    } finally {
      busy = false;
      form.removeAttribute("aria-busy");
    }
  }

  function clean() {
    // The event comes late: by then the dialog may be open again.
    if (dialog.open) return;
    // No password or token stays behind in a field.
    form.reset();
    fault.replaceChildren();
  }

  form.onsubmit = run;
  dialog.onclose = clean;
  dialog.showModal();
}

/** Asks before something is gone. */
export const confirm = (title, text, action, submit, after) =>
  ask("confirm", { texts: { title, text, action }, submit, after });

for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
