// One field of a form: its name, what is told about it, its control, and whether it is there at all.
import { useEffect, useId, useRef } from "preact/hooks";
import { emptyOf } from "../../form/value.js";
import { aboutInWords, limitsInWords, typeInWords } from "../../form/words.js";
import { Control, isPlain } from "./control.jsx";
import { useProblem } from "./problems.js";

/**
 * @param field of the catalog: name, type, required, nullable, secret, about
 * @param present whether the field is there; if not, it is not sent
 * @param value what it holds; `null` is a value
 * @param steps where it is in the form
 * @param onRemove takes the field away; without it there is nothing to take away
 * @param removal what the button says that does
 * @param note what else is to be said of the field
 * @param suggestions values to choose from, for text: `{ value, label }`
 */
export function FieldRow({ field, present, value, steps, onChange, onRemove, removal = "Remove", suggestions, note }) {
  const { name, type, required, nullable, secret, about, deprecated } = field;
  const id = useId();
  const row = useRef();
  const state = !present ? "absent" : value === null ? "null" : "value";
  const focusAfter = useFocusAfterChange(row, state);
  const problem = useProblem(steps);
  const [words, limits] = [aboutInWords(about), limitsInWords(type)];
  const said = [words && `${id}-about`, problem && `${id}-problem`].filter(Boolean).join(" ") || undefined;
  const grouped = state === "value" && !isPlain(type);
  const change = (act) => () => {
    focusAfter();
    act();
  };

  return (
    <div
      ref={row}
      class="form-field"
      data-state={state}
      {...(grouped && { role: "group", "aria-labelledby": `${id}-label`, "aria-describedby": said })}
    >
      <div class="form-label">
        {state === "value" && !grouped ? (
          <label for={id} id={`${id}-label`}>
            {name}
          </label>
        ) : (
          <span id={`${id}-label`}>{name}</span>
        )}
        <small class="type">
          {[typeInWords(type), limits, required && "required", secret && "secret"].filter(Boolean).join(" · ")}
        </small>
        <span class="presence">
          {state === "absent" && <Button name={name} says="Add" act={change(() => onChange(emptyOf(type)))} />}
          {state === "null" && <Button name={name} says="Give a value" act={change(() => onChange(emptyOf(type)))} />}
          {nullable && state !== "null" && <Button name={name} says="Set to null" act={change(() => onChange(null))} />}
          {state !== "absent" && !required && onRemove && <Button name={name} says={removal} act={change(onRemove)} />}
        </span>
      </div>
      {state === "value" && (
        <Control
          {...{ type, value, onChange, steps, id, name, secret, suggestions, problem }}
          label={name}
          describedBy={said}
        />
      )}
      {state === "null" && <p class="null">null</p>}
      {words && (
        <small class="about" id={`${id}-about`}>
          {deprecated ? `Deprecated. ${words}` : words}
        </small>
      )}
      {note && <small class="field-note">{note}</small>}
      {problem && (
        <small class="wrong" id={`${id}-problem`}>
          {problem}
        </small>
      )}
    </div>
  );
}

const Button = ({ name, says, act }) => (
  <button type="button" class="small" aria-label={`${says}: ${name}`} onClick={act}>
    {says}
  </button>
);

/** The button that was pressed may be gone: the focus then goes to what has come in its place. */
function useFocusAfterChange(row, state) {
  const pressed = useRef(false);
  useEffect(() => {
    if (!pressed.current) return;
    pressed.current = false;
    const control = row.current.querySelector(
      ":scope > :not(.form-label) :is(input:not([hidden]), select, textarea, button)",
    );
    (
      row.current.querySelector(":scope > :is(input, select, textarea):not([hidden])") ??
      control ??
      row.current.querySelector("button")
    )?.focus();
  }, [state]);
  return () => (pressed.current = true);
}
