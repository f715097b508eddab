// The sandbox behind the page: its faults and its clock, and how the client bears them.
import { useEffect, useState } from "preact/hooks";
import { onCalls } from "../calls.js";
import { usePage } from "../context.js";
import { Section } from "../parts/section.jsx";
import { Clock } from "../sandbox/clock.jsx";
import { FaultForm } from "../sandbox/fault-form.jsx";
import { SeenCalls } from "../sandbox/seen.jsx";
import { TryCall } from "../sandbox/try-call.jsx";
import { WaitingFaults } from "../sandbox/waiting.jsx";

export default function Sandbox() {
  const { connection } = usePage();
  document.title = "Sandbox";
  return (
    <Section
      class="sandbox"
      level={2}
      title="Sandbox"
      text="Let calls go wrong, and see how the client bears it. Its state can be saved, loaded and reset under Connection."
    >
      {connection.sandbox ? <Controls sandbox={connection.sandbox} /> : <Elsewhere />}
    </Section>
  );
}

const Elsewhere = () => (
  <p class="empty">
    This page talks to a proxy. Go back to the sandbox to switch faults on: a sandbox that is a server of its own takes
    them at <code>POST /_sandbox/faults</code>, from programs of its machine alone.
  </p>
);

function Controls({ sandbox }) {
  const look = () => ({ faults: sandbox.faults, calls: sandbox.calls });
  const [seen, setSeen] = useState(look);
  const changed = () => setSeen(look());
  // Every call of the page may use a fault up.
  useEffect(() => onCalls(changed), [sandbox]);
  return (
    <>
      <Section title="Switch a fault on">
        <FaultForm sandbox={sandbox} changed={changed} />
      </Section>
      <Section title="Faults that wait">
        <WaitingFaults sandbox={sandbox} faults={seen.faults} changed={changed} />
      </Section>
      <Section title="Make a call">
        <TryCall changed={changed} />
      </Section>
      <Section title="Clock" text="Projects come up, rate limits end, tokens expire.">
        <Clock sandbox={sandbox} changed={changed} />
      </Section>
      <Section title="Calls that the sandbox saw">
        <SeenCalls calls={seen.calls} />
      </Section>
    </>
  );
}
