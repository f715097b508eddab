// Names with values: each name can be changed, as can its value.
import { useId, useRef, useState } from "preact/hooks";
import { emptyOf, Unfinished } from "../../form/value.js";
import { Control } from "./control.jsx";
import { ItemEnd } from "./item-end.jsx";
import { useProblem } from "./problems.js";

/** Entries as an object; while two have one name they are none. */
function objectOf(entries) {
  const twice = entries.find(([name], at) => entries.some(([other], place) => place < at && other === name));
  if (!twice) return Object.fromEntries(entries);
  return new Unfinished("", `Two entries have the name ${JSON.stringify(twice[0])}.`);
}

export function MapControl({ type: { value: inner }, value, onChange, steps, label, secret }) {
  // While somebody types, two names may be the same for a moment: an object could not hold both.
  const [entries, setEntries] = useState(() => Object.entries(value));
  const last = useRef(value);
  if (last.current !== value) {
    last.current = value;
    setEntries(Object.entries(value));
  }
  function change(next) {
    last.current = objectOf(next);
    setEntries(next);
    onChange(last.current);
  }
  return (
    <div class="items">
      {entries.map(([name, one], at) => (
        <Entry
          key={at}
          {...{ type: inner, name, value: one, label, secret }}
          steps={[...steps, name]}
          place={at + 1}
          onName={(next) => change(entries.with(at, [next, one]))}
          onChange={(next) => change(entries.with(at, [name, next]))}
          onRemove={() => change(entries.toSpliced(at, 1))}
        />
      ))}
      <button type="button" class="small" onClick={() => change([...entries, ["", emptyOf(inner)]])}>
        Add an entry to {label}
      </button>
    </div>
  );
}

function Entry({ type, name, value, label, place, steps, secret, onName, onChange, onRemove }) {
  const id = useId();
  const problem = useProblem(steps);
  const words = `${label} ${place}`;
  return (
    <div class="item entry">
      <input
        aria-label={`Name of ${words}`}
        placeholder="Name"
        value={name}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => onName(event.target.value)}
      />
      <div class="labelled">
        <label class="unseen" for={id}>
          Value of {words}
        </label>
        <Control
          {...{ type, value, onChange, steps, id, name, secret, problem }}
          label={words}
          describedBy={problem && `${id}-problem`}
        />
      </div>
      <ItemEnd label={words} problem={problem} id={id} onRemove={onRemove} />
    </div>
  );
}
