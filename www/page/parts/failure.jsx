// What is shown where the account could not be read: nothing else can be, either.
import { usePage } from "../context.js";
import { Fault } from "./fault.jsx";
import { newSandbox } from "../connection.js";
import { loginAddress } from "../session.js";

export function Failure({ error, reload }) {
  const { connection, connect } = usePage();
  return (
    <section aria-labelledby="failure-title">
      <h2 id="failure-title" tabIndex={-1}>
        The account could not be read
      </h2>
      <Fault error={error} />
      <p class="actions">
        <button type="button" class="primary" onClick={reload}>
          Try again
        </button>
        {connection.kind === "session" && (
          <a class="button" href={loginAddress}>
            Log in again
          </a>
        )}
        {connection.kind !== "sandbox" && (
          <button type="button" onClick={() => connect(newSandbox())}>
            Use a sandbox
          </button>
        )}
      </p>
    </section>
  );
}
