// Dialogs. Each has a form, which stays open with the error in it until what it asks for was done.
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { useAction } from "../hooks.js";
import { Fault } from "./fault.jsx";

/**
 * A dialog, open as long as it is drawn.
 * @param submit does what the dialog is for, with the values of the form's named fields; what it throws is shown. Where it gives
 * false, the dialog stays open
 * @param action what the button says that submits
 * @param danger whether something is lost by it
 * @param onClose is called when the dialog was closed, with `true` where it has done its work
 */
export function Dialog({ title, action, danger = false, wide = false, submit, onClose, children }) {
  const dialog = useRef();
  const heading = useId();
  const { run, busy, error } = useAction(submit);
  // At once, not after the next frame: what somebody types meanwhile must not go elsewhere.
  useLayoutEffect(() => {
    // Where the browser gives the focus back to when the dialog closes.
    dialog.current.showModal();
  }, []);

  async function onSubmit(event) {
    event.preventDefault();
    const done = await run(Object.fromEntries(new FormData(event.target)), event.target);
    if (done) close(true);
  }

  /** The Escape key. Only a dialog that closes itself gives the focus back, so it must not be gone before. */
  function onCancel(event) {
    event.preventDefault();
    close(false);
  }

  function close(done) {
    dialog.current?.close();
    onClose(done);
  }

  return (
    <dialog ref={dialog} class={wide ? "wide" : ""} aria-labelledby={heading} onCancel={onCancel}>
      <form onSubmit={onSubmit} aria-busy={busy ? "true" : undefined} autocomplete="off">
        <h2 id={heading}>{title}</h2>
        {children}
        <Fault error={error} />
        <p class="actions">
          <button type="button" onClick={() => close(false)}>
            Cancel
          </button>
          <button type="submit" class={danger ? "danger" : "primary"}>
            {action}
          </button>
        </p>
      </form>
    </dialog>
  );
}

/** Asks before something is gone. */
export const Confirm = ({ title, text, action, submit, onClose }) => (
  <Dialog title={title} action={action} danger submit={submit} onClose={onClose}>
    <p>{text}</p>
  </Dialog>
);
