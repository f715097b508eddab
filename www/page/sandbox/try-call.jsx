// Makes a call now, and shows each attempt as it happens.
import { useState } from "preact/hooks";
import { codeOf, methodOf } from "../code.js";
import { useApi, usePage } from "../context.js";
import { useAction } from "../hooks.js";
import { Fault } from "../parts/fault.jsx";
import { Field } from "../parts/field.jsx";
import { Scroller } from "../parts/scroller.jsx";
import { hooksOf, outcomeOf, refOf, tries } from "./try.js";

/** @param changed is called when the sandbox may have other faults and calls than before */
export function TryCall({ changed }) {
  const api = useApi();
  const { account } = usePage();
  const [id, setId] = useState(tries[0].id);
  const [options, setOptions] = useState({ maxRetries: "2", timeoutMs: "60000" });
  const [steps, setSteps] = useState([]);
  const [outcome, setOutcome] = useState();
  const chosen = tries.find((one) => one.id === id);
  const args = chosen.args(refOf(account));
  const given = Object.fromEntries(Object.entries(options).map(([name, value]) => [name, Number(value)]));

  const { run, busy } = useAction(async () => {
    setSteps([]);
    setOutcome(undefined);
    const hooks = hooksOf((step) => {
      setSteps((before) => [...before, step]);
      changed();
    });
    try {
      setOutcome({ text: outcomeOf(await methodOf(api, id)(...args, { ...given, ...hooks })) });
    } catch (error) {
      setOutcome({ error });
    }
    changed();
  });

  function onSubmit(event) {
    event.preventDefault();
    run();
  }
  const set = ({ target }) => setOptions({ ...options, [target.name]: target.value });

  return (
    <>
      <form class="try-form" onSubmit={onSubmit} aria-busy={busy ? "true" : undefined}>
        <Field
          as="select"
          label="Call"
          value={id}
          onChange={(event) => setId(event.target.value)}
          hint={`It ${chosen.about}.`}
        >
          {tries.map((one) => (
            <option key={one.id} value={one.id}>
              {one.id}
            </option>
          ))}
        </Field>
        <Field
          label="maxRetries"
          name="maxRetries"
          type="number"
          min="0"
          max="100"
          required
          value={options.maxRetries}
          onInput={set}
        />
        <Field
          label="timeoutMs"
          name="timeoutMs"
          type="number"
          min="1"
          required
          value={options.timeoutMs}
          onInput={set}
        />
        <pre class="code">
          <code>{codeOf(id, [...args, given])}</code>
        </pre>
        <p class="actions">
          <button type="submit" class="primary">
            {busy ? "Under way …" : "Make the call now"}
          </button>
        </p>
      </form>
      <Scroller class="attempts" label="Attempts" aria-live="polite">
        {steps.length === 0 && !outcome && <p class="empty">Each attempt of the call is shown here as it happens.</p>}
        <ol>
          {steps.map(({ at, kind, text }, index) => (
            <li key={index} data-kind={kind}>
              <span class="at">{Math.round(at)} ms</span> {text}
            </li>
          ))}
        </ol>
        {outcome?.text && <p class="came-of-it">{outcome.text}</p>}
        <Fault error={outcome?.error} />
      </Scroller>
    </>
  );
}
