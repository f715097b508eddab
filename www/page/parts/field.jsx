// A field of a form, with its label and a hint that is read out with it.
import { useId } from "preact/hooks";

/**
 * @param label what it is
 * @param hint a sentence about it
 * @param error what is wrong with its value, in words
 * @param elementRef gets the element
 * @param as `input`, `textarea` or `select`; further properties are those of the element
 */
export function Field({ label, hint, error, as: Element = "input", elementRef, children, ...properties }) {
  const id = useId();
  const said = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Element
        id={id}
        ref={elementRef}
        aria-describedby={said || undefined}
        aria-invalid={error ? "true" : undefined}
        autocomplete="off"
        spellcheck={false}
        {...properties}
      >
        {children}
      </Element>
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      {error && (
        <small class="wrong" id={`${id}-error`}>
          {error}
        </small>
      )}
    </div>
  );
}

/** A box to check. */
export const Check = ({ label, ...properties }) => (
  <label class="check">
    <input type="checkbox" {...properties} /> {label}
  </label>
);
