// The arguments of an operation as a form: path values, body, query.
import { bodyIsOptional } from "../../form/arguments.js";
import { emptyOf } from "../../form/value.js";
import { Control } from "./control.jsx";
import { FieldRow } from "./field-row.jsx";
import { JsonOrEszip, Multipart } from "./files.jsx";
import { Problems, useProblem } from "./problems.js";

/**
 * @param values what `emptyValues` gave, and what became of it
 * @param problems `{ steps, message }` of what is wrong
 * @param suggestions choices for path values, by their names in the route
 */
export function OperationForm({ operation, values, onChange, problems, suggestions = {} }) {
  const { path, query, bodyType } = operation;
  const set = (part, value) => onChange({ ...values, [part]: value });
  return (
    <Problems.Provider value={problems}>
      {path.length > 0 && (
        <Part title="Path">
          {path.map(({ name, type, about }) => (
            <FieldRow
              key={name}
              field={{ name, type, about, required: true }}
              present
              value={values.path[name]}
              steps={["path", name]}
              suggestions={suggestions[name]}
              onChange={(next) => set("path", { ...values.path, [name]: next })}
            />
          ))}
        </Part>
      )}
      {bodyType && (
        <Part title="Body" steps={["body"]}>
          <Body operation={operation} value={values.body} onChange={(next) => set("body", next)} />
        </Part>
      )}
      {query && (
        <Part title="Query" steps={["query"]}>
          <Control
            type={query}
            value={values.query}
            onChange={(next) => set("query", next)}
            steps={["query"]}
            label="query"
          />
        </Part>
      )}
    </Problems.Provider>
  );
}

/** A part of the call. It is no section of the page: its legend names it. */
function Part({ title, steps = [], children }) {
  const problem = useProblem(steps);
  return (
    <fieldset class="part">
      <legend>{title}</legend>
      {children}
      {problem && <small class="wrong">{problem}</small>}
    </fieldset>
  );
}

const bodies = { jsonOrEszip: JsonOrEszip, multipart: Multipart };

function Body({ operation, value, onChange }) {
  const { body, bodyType } = operation;
  const Made = bodies[body] ?? Control;
  if (value === undefined) {
    return (
      <p>
        <button type="button" class="small" onClick={() => onChange(emptyOf(bodyType))}>
          Add a body
        </button>
      </p>
    );
  }
  return (
    <>
      <label class="unseen" for="explorer-body">
        Body
      </label>
      <Made
        type={bodyType}
        value={value}
        onChange={onChange}
        steps={["body"]}
        label="body"
        name="body"
        id="explorer-body"
      />
      {bodyIsOptional(operation) && (
        <button type="button" class="small" onClick={() => onChange(undefined)}>
          Send no body
        </button>
      )}
    </>
  );
}
