// One endpoint: what it does, its arguments as a form, the request that they make, and the answer.
import { useMemo, useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { operationOf } from "../catalog.js";
import { methodOf } from "../code.js";
import { useApi, usePage } from "../context.js";
import { knownValues, riskOf } from "../explorer.js";
import { argumentsOf, emptyValues, sampleValues } from "../form/arguments.js";
import { aboutInWords } from "../form/words.js";
import { Answer } from "../parts/explorer/answer.jsx";
import { RequestView } from "../parts/explorer/request.jsx";
import { Confirm } from "../parts/dialog.jsx";
import { OperationForm } from "../parts/form/operation-form.jsx";
import { useRequest } from "../parts/form/use-request.js";
import { Section } from "../parts/section.jsx";

export default function OperationView({ id }) {
  const { account, loading } = usePage();
  const operation = operationOf(id);
  document.title = operation ? `${id} · Explorer` : "Explorer";
  if (!operation) return <NoOperation id={id} />;
  // The form begins with the projects of the account, so they have to be there.
  if (loading && account.projects.length === 0) return <p class="loading">Loading …</p>;
  return <Operation key={id} operation={operation} />;
}

const Back = () => (
  <nav aria-label="Breadcrumb">
    <Link href="/explorer">← All endpoints</Link>
  </nav>
);

const NoOperation = ({ id }) => (
  <Section level={2} title="There is no such endpoint" text={id}>
    <Back />
  </Section>
);

function Operation({ operation }) {
  const { account } = usePage();
  const { choices, first } = useMemo(() => knownValues(account), [account]);
  const [values, setValues] = useState(() => emptyValues(operation, first));
  const { request, args, problems } = useRequest(operation, values);
  const sending = useSending(operation);
  const [asking, setAsking] = useState(false);
  const risk = riskOf(operation);

  function onSubmit(event) {
    event.preventDefault();
    // Without a request there is a problem, which is shown: the client says it again as its answer.
    if (risk && request) setAsking(true);
    else sending.send(args ?? argumentsOf(operation, values));
  }

  return (
    <section class="operation" aria-labelledby="operation-title">
      <Back />
      <header class="heading">
        <h2 id="operation-title" tabIndex={-1}>
          {operation.id}
        </h2>
      </header>
      <p class="route-line">
        <b data-verb={operation.verb}>{operation.verb}</b> {operation.route}
      </p>
      <About operation={operation} />
      <form onSubmit={onSubmit} aria-label="Arguments" autocomplete="off" noValidate>
        <OperationForm
          operation={operation}
          values={values}
          onChange={setValues}
          problems={problems}
          suggestions={choices}
        />
        <p class="actions">
          <button type="submit" class="primary" disabled={sending.busy}>
            {risk ? "Send …" : "Send"}
          </button>
          <button type="button" onClick={() => setValues(sampleValues(operation, first))}>
            Fill in an example
          </button>
          <button type="button" onClick={() => setValues(emptyValues(operation, first))}>
            Start again
          </button>
        </p>
      </form>
      <div aria-live="polite">{sending.outcome && <Answer operation={operation} outcome={sending.outcome} />}</div>
      <RequestView operation={operation} request={request} values={values} argumentsOf={argumentsOf} />
      {asking && (
        <Confirm
          title={`Send ${operation.id}?`}
          text={`${risk} ${operation.summary}`}
          action="Send"
          submit={() => sending.send(args)}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

/** The call, and what came of the last one. */
function useSending(operation) {
  const api = useApi();
  const { reload } = usePage();
  const [state, setState] = useState({ busy: false });
  async function send(args) {
    setState((before) => ({ ...before, busy: true }));
    const began = performance.now();
    const settle = (outcome) => setState({ busy: false, outcome: { ...outcome, ms: performance.now() - began } });
    try {
      const call = methodOf(api, operation.id)(...args);
      // What only builds an address gives it at once.
      settle(call.withResponse ? await call.withResponse() : { data: await call });
      if (operation.verb !== "GET" && /^(v2\.)?(organizations|projects)\./.test(operation.id)) await reload();
    } catch (error) {
      settle({ error });
    }
  }
  return { ...state, send };
}

function About({ operation: { about, deprecated, experimental, scope, permissions, rateLimits } }) {
  const facts = [
    ["Scope of OAuth", scope],
    ["Permission", permissions.map((together) => together.join(" and ")).join(", or ")],
    ["Limit", rateLimits.map(({ calls, seconds }) => `${calls} calls in ${seconds} s`).join(", ")],
  ].filter(([, value]) => value);
  return (
    <div class="about-operation">
      {deprecated && <p class="real-warning">Deprecated: {aboutInWords(deprecated)}.</p>}
      {experimental && <p class="real-warning">Experimental: it may change or go away.</p>}
      {about.split("\n\n").map((part) => (
        <p key={part}>{aboutInWords(part)}</p>
      ))}
      {facts.length > 0 && (
        <dl class="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
