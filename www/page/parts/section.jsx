// A part of a view: its heading, what can be done there, and what it shows.
import { useId } from "preact/hooks";
import { Fault } from "./fault.jsx";

/**
 * @param title its heading
 * @param text a sentence below the heading
 * @param actions buttons beside the heading
 * @param level of the heading: 2 for a view's own
 */
export function Section({ title, text, actions, level = 3, class: name, children }) {
  const id = useId();
  const Heading = `h${level}`;
  return (
    <section class={name} aria-labelledby={id}>
      <header class="heading">
        <div>
          <Heading id={id} tabIndex={level === 2 ? -1 : undefined}>
            {title}
          </Heading>
          {text && <p>{text}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}

/**
 * What came of a call: its data once it is there, its error if it failed.
 * @param call what `useCall` gave
 * @param children a function that draws the data
 */
export function Loaded({ call: { data, error, loading, reload }, children }) {
  if (error !== undefined)
    return (
      <div>
        <Fault error={error} />
        <p class="actions">
          <button type="button" onClick={reload}>
            Try again
          </button>
        </p>
      </div>
    );
  if (data === undefined && loading) return <p class="loading">Loading …</p>;
  return children(data);
}
