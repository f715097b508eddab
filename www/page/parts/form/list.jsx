// A list: its items, each with a button that takes it away, and one that adds another.
import { useId } from "preact/hooks";
import { emptyOf } from "../../form/value.js";
import { Control, isPlain } from "./control.jsx";
import { ItemEnd } from "./item-end.jsx";
import { useProblem } from "./problems.js";

export function ListControl({ type: { item, maxItems }, value, onChange, steps, label, name, secret }) {
  const full = maxItems !== undefined && value.length >= maxItems;
  return (
    <div class="items">
      {value.map((one, at) => (
        <Item
          key={at}
          {...{ type: item, value: one, name, secret }}
          label={`${label} ${at + 1}`}
          steps={[...steps, at]}
          onChange={(next) => onChange(value.with(at, next))}
          onRemove={() => onChange(value.toSpliced(at, 1))}
        />
      ))}
      <button type="button" class="small" disabled={full} onClick={() => onChange([...value, emptyOf(item)])}>
        Add an item to {label}
      </button>
    </div>
  );
}

function Item({ type, value, label, steps, onChange, onRemove, name, secret }) {
  const id = useId();
  const problem = useProblem(steps);
  return (
    <div class={isPlain(type) ? "item" : "item whole"}>
      <label class="unseen" for={isPlain(type) ? id : undefined}>
        {label}
      </label>
      <Control
        {...{ type, value, onChange, steps, id, label, name, secret, problem }}
        describedBy={problem && `${id}-problem`}
      />
      <ItemEnd label={label} problem={problem} id={id} onRemove={onRemove} />
    </div>
  );
}
