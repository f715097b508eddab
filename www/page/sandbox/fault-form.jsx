// The form that switches a fault on, with the line of code that does the same in a test.
import { useState } from "preact/hooks";
import { usePage } from "../context.js";
import { useAction } from "../hooks.js";
import { Fault } from "../parts/fault.jsx";
import { Check, Field } from "../parts/field.jsx";
import { beginning, codeOfFault, endpointsOf, faultOf, kinds, withField } from "./faults.js";

/** @param changed is called when there is one fault more */
export function FaultForm({ sandbox, changed }) {
  const { announce } = usePage();
  const [fields, setFields] = useState(beginning);
  const fault = faultOf(fields);
  const { fields: own } = kinds[fields.kind];
  const { run, error } = useAction(async () => {
    sandbox.fail(fields.endpoint, fault);
    changed();
    announce(`Switched on for ${fields.endpoint}`);
  });
  const set = ({ target }) =>
    setFields(withField(fields, target.name, target.type === "checkbox" ? target.checked : target.value));
  const number = (name, label, more) => (
    <Field
      label={label}
      name={name}
      type="number"
      min="0"
      step="1"
      value={fields[name] ?? ""}
      onInput={set}
      {...more}
    />
  );

  function onSubmit(event) {
    event.preventDefault();
    run();
  }

  return (
    <form class="fault-form" onSubmit={onSubmit}>
      <Field label="Endpoint" name="endpoint" list="fault-endpoints" required value={fields.endpoint} onInput={set} />
      <datalist id="fault-endpoints">
        {endpointsOf(sandbox.built()).map((id) => (
          <option key={id} value={id} />
        ))}
      </datalist>
      <Field as="select" label="What goes wrong" name="kind" value={fields.kind} onChange={set}>
        {Object.entries(kinds).map(([kind, { title }]) => (
          <option key={kind} value={kind}>
            {title}
          </option>
        ))}
      </Field>
      {number("status", "Status", { min: "200", max: "599", disabled: !own.includes("status") })}
      {number("retryAfter", "Retry-After in seconds", { disabled: !own.includes("retryAfter"), placeholder: "none" })}
      {number("delayMs", "Later by milliseconds")}
      {number("times", "How many answers", { min: "1", required: !fields.all, disabled: fields.all })}
      <Check label="All answers, until it is switched off" name="all" checked={fields.all ?? false} onChange={set} />
      <Check
        label="The call is carried out all the same"
        name="carriedOut"
        checked={fields.carriedOut ?? false}
        onChange={set}
      />
      <pre class="code">
        <code>{codeOfFault(fields.endpoint, fault)}</code>
      </pre>
      <Fault error={error} />
      <p class="actions">
        <button type="submit" class="primary">
          Switch on
        </button>
      </p>
    </form>
  );
}
