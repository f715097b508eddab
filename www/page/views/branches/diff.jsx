// What a branch has that its project lacks, as SQL.
import { useEffect, useId, useRef } from "preact/hooks";
import { useApi } from "../../context.js";
import { useCall } from "../../hooks.js";
import { CopyButton } from "../../parts/copy-button.jsx";
import { Scroller } from "../../parts/scroller.jsx";
import { Loaded } from "../../parts/section.jsx";

export function Diff({ branch: { name, project_ref }, onClose }) {
  const api = useApi();
  const call = useCall(() => api.branches.diff(project_ref), [api, project_ref]);
  const dialog = useRef();
  const heading = useId();
  useEffect(() => {
    dialog.current.showModal();
  }, []);
  function close() {
    dialog.current?.close();
    onClose();
  }
  return (
    <dialog ref={dialog} class="wide" aria-labelledby={heading} onCancel={() => onClose()}>
      <div class="diff">
        <h2 id={heading}>What {name} has and the project lacks</h2>
        <Loaded call={call}>
          {(text) =>
            text.trim() === "" ? (
              <p>Nothing: their databases are alike.</p>
            ) : (
              <Scroller label="Difference" class="text">
                <pre>{text}</pre>
              </Scroller>
            )
          }
        </Loaded>
        <p class="actions">
          {call.data?.trim() && <CopyButton label="Copy" text={call.data} said="Copied the difference" />}
          <button type="button" class="primary" onClick={close}>
            Close
          </button>
        </p>
      </div>
    </dialog>
  );
}
