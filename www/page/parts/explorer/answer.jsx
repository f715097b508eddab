// What came back: status, headers, and the body as what it is.
import { useEffect, useState } from "preact/hooks";
import { headersOf } from "../../explorer.js";
import { Copied } from "../copied.jsx";
import { Fault } from "../fault.jsx";
import { JsonTree } from "../json-tree.jsx";
import { Scroller } from "../scroller.jsx";
import { Section } from "../section.jsx";

/** @param outcome `{ data, status, headers, ms }`, or `{ error, ms }` */
export function Answer({ operation, outcome }) {
  const { error, ms } = outcome;
  const { status, headers } = error ?? outcome;
  return (
    <Section title="Answer">
      <dl class="facts" id="explorer-answer">
        <Fact name="Status" value={status ?? (error ? "none" : "nothing was sent")} />
        <Fact name="Time" value={`${Math.round(ms)} ms`} />
        {headersOf(headers).map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      {error ? <Failed error={error} /> : <Body operation={operation} data={outcome.data} />}
    </Section>
  );
}

const Fact = ({ name, value }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const Failed = ({ error }) => (
  <>
    <Fault error={error} />
    {error.body !== undefined && <Json value={error.body} />}
  </>
);

function Body({ operation: { id, answer }, data }) {
  if (data === undefined) return <p class="none">The answer has no body: it is done.</p>;
  if (data instanceof Uint8Array) return <Download name={`${id}.bin`} bytes={data} />;
  if (answer === "url" || typeof data === "string") return <Copied label="The answer" text={data} />;
  return <Json value={data} />;
}

const Json = ({ value }) => (
  <Scroller class="json-frame" label="The body of the answer">
    <JsonTree value={value} />
  </Scroller>
);

function Download({ name, bytes }) {
  const [address, setAddress] = useState();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes]));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  return (
    <p>
      <a href={address} download={name}>
        Download {bytes.length} bytes
      </a>
    </p>
  );
}
