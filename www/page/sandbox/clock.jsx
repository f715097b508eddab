// The clock of the sandbox, which can be moved ahead: projects come up, rate limits end, tokens expire.
import { useState } from "preact/hooks";
import { usePage } from "../context.js";
import { useAction } from "../hooks.js";
import { Fault } from "../parts/fault.jsx";
import { Field } from "../parts/field.jsx";

const second = 1_000;
const units = { seconds: second, minutes: 60 * second, hours: 3_600 * second, days: 86_400 * second };

export function Clock({ sandbox, changed }) {
  const { announce, reload } = usePage();
  const [fields, setFields] = useState({ amount: "1", unit: "minutes" });
  const milliseconds = Number(fields.amount) * units[fields.unit];
  const { run, error } = useAction(async () => {
    sandbox.advance(milliseconds);
    await reload();
    changed();
    announce(`The clock of the sandbox went ahead by ${fields.amount} ${fields.unit}`);
  });
  const set = ({ target }) => setFields({ ...fields, [target.name]: target.value });
  function onSubmit(event) {
    event.preventDefault();
    run();
  }
  return (
    <form class="line clock" onSubmit={onSubmit}>
      <Field
        label="Ahead by"
        name="amount"
        type="number"
        min="0"
        step="any"
        required
        value={fields.amount}
        onInput={set}
      />
      <Field as="select" label="Unit" name="unit" value={fields.unit} onChange={set}>
        {Object.keys(units).map((unit) => (
          <option key={unit}>{unit}</option>
        ))}
      </Field>
      <button type="submit">Move the clock</button>
      <Fault error={error} />
    </form>
  );
}
