// Any JSON, as text that is read while somebody types.
import { useRef, useState } from "preact/hooks";
import { jsonOf, Unfinished } from "../../form/value.js";

const pretty = (value) => (value instanceof Unfinished ? value.text : JSON.stringify(value, null, 2));

export function JsonControl({ id, describedBy, problem, value, onChange }) {
  const [text, setText] = useState(() => pretty(value));
  // What was typed stays as it is, unless the value becomes another one from outside.
  const last = useRef(value);
  if (last.current !== value) {
    last.current = value;
    setText(pretty(value));
  }
  function onInput(event) {
    const next = jsonOf(event.target.value);
    last.current = next;
    setText(event.target.value);
    onChange(next);
  }
  return (
    <textarea
      id={id}
      aria-describedby={describedBy}
      aria-invalid={problem ? "true" : undefined}
      rows={4}
      spellcheck={false}
      value={text}
      onInput={onInput}
    />
  );
}
