// What the page talks to, and the ways to something else.
import { useRef } from "preact/hooks";
import { newSandbox } from "../connection.js";
import { usePage } from "../context.js";
import { useAction } from "../hooks.js";
import { hasLogin, loginAddress, logOut } from "../session.js";

export function ConnectionState({ change }) {
  const { connection, connect } = usePage();
  // The sandbox of this page is still there, with all that was done in it, while the page talks to something else.
  const sandbox = useRef();
  const account = useRef();
  if (connection.kind === "sandbox") sandbox.current = connection;
  if (connection.kind === "session") account.current = connection;
  return (
    <div class="connection">
      <p id="connection-state" data-kind={connection.kind}>
        <strong>{connection.name}</strong>
        <span>{connection.detail}</span>
      </p>
      {connection.kind !== "sandbox" && (
        <button type="button" onClick={() => connect(sandbox.current ?? newSandbox())}>
          {sandbox.current ? "Back to the sandbox" : "Use a sandbox"}
        </button>
      )}
      <button type="button" onClick={change}>
        Connection …
      </button>
      {hasLogin && <Login account={account.current} />}
    </div>
  );
}

/** @param account the connection of whoever is logged in; undefined for nobody */
function Login({ account }) {
  const { connection, connect, announce } = usePage();
  const { run, busy } = useAction(() => logOut().catch((error) => announce(error.message)));
  if (!account)
    return (
      <a class="button" href={loginAddress}>
        Log in with Supabase
      </a>
    );
  return (
    <>
      {connection.kind !== "session" && (
        <button type="button" onClick={() => connect(account)}>
          Back to {account.name}
        </button>
      )}
      <button type="button" disabled={busy} onClick={run}>
        Log out
      </button>
    </>
  );
}
