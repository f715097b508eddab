// What the page talks to, and the ways to something else.
import { useRef } from "preact/hooks";
import { usePage } from "../context.js";

export function ConnectionState({ change }) {
  const { connection, connect } = usePage();
  // The sandbox of this page is still there, with all that was done in it, while the page talks to a proxy.
  const sandbox = useRef(connection);
  if (connection.kind === "sandbox") sandbox.current = connection;
  return (
    <div class="connection">
      <p id="connection-state" data-kind={connection.kind}>
        <strong>{connection.name}</strong>
        <span>{connection.detail}</span>
      </p>
      {connection.kind !== "sandbox" && (
        <button type="button" onClick={() => connect(sandbox.current)}>
          Back to the sandbox
        </button>
      )}
      <button type="button" onClick={change}>
        Connection …
      </button>
    </div>
  );
}
