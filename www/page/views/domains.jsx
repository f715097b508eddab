// The addresses under which a project answers: a hostname of one's own, or a subdomain with a name.
import { useState } from "preact/hooks";
import { useApi, usePage } from "../context.js";
import { useAction, useCall } from "../hooks.js";
import { Badge } from "../parts/badge.jsx";
import { Confirm } from "../parts/dialog.jsx";
import { Fault } from "../parts/fault.jsx";
import { OperationDialog } from "../parts/form/operation-dialog.jsx";
import { Hostname } from "../parts/hostname.jsx";
import { Loaded, Section } from "../parts/section.jsx";

export default function Domains({ project: { ref } }) {
  return (
    <>
      <Hostname projectRef={ref} />
      <Subdomain projectRef={ref} />
    </>
  );
}

const meanings = {
  "not-used": "The project has no vanity subdomain.",
  "custom-domain-used": "The project has a custom hostname, so it can have no vanity subdomain.",
  active: "The project answers under this name.",
};

function Subdomain({ projectRef }) {
  const api = useApi();
  const { announce } = usePage();
  const call = useCall(() => api.vanitySubdomain.get(projectRef), [api, projectRef]);
  const [asking, setAsking] = useState();
  const close = () => setAsking(undefined);
  async function deactivate() {
    await api.vanitySubdomain.deactivate(projectRef);
    await call.reload();
    announce("The vanity subdomain is gone");
  }
  return (
    <Section title="Vanity subdomain" text="A name in the place of the reference: acme.supabase.co.">
      <Loaded call={call}>
        {({ status, custom_domain: name }) => (
          <>
            <p class="state">
              <Badge status={status} kind={status === "active" ? "good" : "resting"} /> {name && <code>{name}</code>}{" "}
              {meanings[status]}
            </p>
            <Available projectRef={projectRef} />
            <p class="actions">
              <button type="button" onClick={() => setAsking("activate")}>
                Activate a subdomain …
              </button>
              {status === "active" && (
                <button type="button" onClick={() => setAsking("deactivate")}>
                  Deactivate …
                </button>
              )}
            </p>
          </>
        )}
      </Loaded>
      {asking === "activate" && (
        <OperationDialog
          id="vanitySubdomain.activate"
          path={{ ref: projectRef }}
          title="Activate a vanity subdomain"
          action="Activate"
          done={call.reload}
          said="The vanity subdomain is active"
          onClose={close}
        />
      )}
      {asking === "deactivate" && (
        <Confirm
          title="Deactivate the vanity subdomain?"
          text="Others can take it then, and what calls the project under it fails."
          action="Deactivate"
          submit={deactivate}
          onClose={close}
        />
      )}
    </Section>
  );
}

/** Whether a name can still be had, before it is activated. */
function Available({ projectRef }) {
  const api = useApi();
  const [words, setWords] = useState("");
  const { run, busy, error } = useAction(async (name) => {
    setWords("");
    const { available } = await api.vanitySubdomain.checkAvailability(projectRef, { vanity_subdomain: name });
    setWords(available ? `${name} is free.` : `${name} is taken.`);
  });
  function onSubmit(event) {
    event.preventDefault();
    run(new FormData(event.target).get("name"));
  }
  return (
    <form class="available" onSubmit={onSubmit} autocomplete="off">
      <label>
        Is this name free?
        <input name="name" required spellcheck={false} autocapitalize="none" />
      </label>
      <button type="submit" disabled={busy}>
        Check
      </button>
      <p aria-live="polite">{words}</p>
      <Fault error={error} />
    </form>
  );
}
