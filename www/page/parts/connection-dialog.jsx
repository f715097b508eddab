// Where the page's calls go: the sandbox in the page, whose state can be kept, or a proxy.
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { newSandbox, onProxy } from "../connection.js";
import { usePage } from "../context.js";
import { download } from "../downloads.js";
import { useAction } from "../hooks.js";
import { Fault } from "./fault.jsx";
import { Field } from "./field.jsx";

export function ConnectionDialog({ onClose }) {
  const { connection, connect, announce } = usePage();
  const dialog = useRef();
  const heading = useId();
  const [resetting, setResetting] = useState(false);
  useLayoutEffect(() => {
    dialog.current.showModal();
  }, []);

  function go(next, words) {
    // What the other account says is no matter of this dialog any more.
    dialog.current.close();
    onClose();
    location.hash = "#/";
    connect(next);
    if (words) announce(words);
  }

  function cancel(event) {
    // Only a dialog that closes itself gives the focus back, so it must not be gone before.
    event.preventDefault();
    dialog.current.close();
    onClose();
  }

  const load = useAction(async (file) => go(newSandbox({ state: await file.text() }), `Loaded ${file.name}`));
  const proxy = useAction((fields) => go(onProxy(fields)));

  function onFile(event) {
    const [file] = event.target.files;
    // So that the same file can be chosen again.
    event.target.value = "";
    if (file) load.run(file);
  }

  function onSubmit(event) {
    event.preventDefault();
    const { baseUrl, accessToken } = Object.fromEntries(new FormData(event.target));
    proxy.run({ baseUrl: baseUrl.trim(), accessToken });
  }

  return (
    <dialog ref={dialog} aria-labelledby={heading} onCancel={cancel}>
      <h2 id={heading}>Connection</h2>
      <section aria-labelledby={`${heading}-sandbox`}>
        <h3 id={`${heading}-sandbox`}>The sandbox in this page</h3>
        <p>It is an account of its own, in memory. A saved state holds the values of its secrets in clear.</p>
        <div class="actions start">
          {connection.sandbox && (
            <button
              type="button"
              onClick={() => download("sandbox.json", connection.sandbox.save(), "application/json")}
            >
              Save state
            </button>
          )}
          <label class="button">
            Load state …
            <input class="unseen" type="file" id="state-file" accept="application/json,.json" onChange={onFile} />
          </label>
          {resetting ? (
            <button
              type="button"
              class="danger"
              onClick={() => go(newSandbox(), "The sandbox is as it was at the beginning")}
            >
              Reset: all that was created is gone
            </button>
          ) : (
            <button type="button" onClick={() => setResetting(true)}>
              Reset …
            </button>
          )}
        </div>
        <Fault error={load.error} />
      </section>
      <form onSubmit={onSubmit} aria-labelledby={`${heading}-proxy`}>
        <h3 id={`${heading}-proxy`}>Your own proxy</h3>
        <p>
          Pages of other sites may not call the API itself, so name a proxy that passes requests on to it. It can also
          be a sandbox: <code>npx supabase-management-wasm sandbox</code>
        </p>
        <Field
          label="Address of the proxy"
          name="baseUrl"
          required
          inputmode="url"
          placeholder="http://127.0.0.1:8787"
        />
        <Field
          label="Access token"
          name="accessToken"
          type="password"
          placeholder="sbp_…"
          hint="It is kept in memory until you leave or reload. Leave it empty where the proxy adds it."
        />
        <Fault error={proxy.error} />
        <p class="actions">
          <button type="button" onClick={cancel}>
            Cancel
          </button>
          <button type="submit" class="primary">
            Connect
          </button>
        </p>
      </form>
    </dialog>
  );
}
