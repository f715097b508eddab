// Controls for text, numbers and yes or no.
import { numberOf, textOf } from "../../form/value.js";
import { NoUser } from "./no-user.jsx";

/** Fields whose text has several lines as a rule. */
const long = /content|template|^body$|^query$|^sql$|xml|pem|cert|^text$/;

/** What a phone shows as its keyboard. */
const modes = { email: "email", uri: "url" };

/** Properties that every control has: they tie it to its label and to what is wrong with it. */
const common = ({ id, describedBy, problem }) => ({
  id,
  "aria-describedby": describedBy,
  "aria-invalid": problem ? "true" : undefined,
});

export function TextControl({ type, value, onChange, name, secret, suggestions, ...rest }) {
  const onInput = (event) => onChange(event.target.value);
  const shared = { ...common(rest), value: textOf(value), onInput, autocomplete: "off", spellcheck: false };
  if (secret)
    return (
      <>
        <NoUser />
        <input {...shared} type="password" autocomplete="new-password" />
      </>
    );
  if (long.test(name) || textOf(value).includes("\n")) return <textarea {...shared} rows={4} />;
  if (!suggestions?.length) return <input {...shared} inputmode={modes[type.format]} />;
  return (
    <>
      <input {...shared} list={`${rest.id}-choices`} />
      <datalist id={`${rest.id}-choices`}>
        {suggestions.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </datalist>
    </>
  );
}

export function ChoiceControl({ type, value, onChange, ...rest }) {
  // An answer may have a value that is newer than this page.
  const known = type.enum.includes(value) ? type.enum : [value, ...type.enum];
  return (
    <select {...common(rest)} value={value} onChange={(event) => onChange(event.target.value)}>
      {known.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}

export function NumberControl({ type, value, onChange, ...rest }) {
  return (
    <input
      {...common(rest)}
      inputmode={type.type === "integer" && !(type.minimum < 0) ? "numeric" : "decimal"}
      autocomplete="off"
      value={textOf(value)}
      onInput={(event) => onChange(numberOf(event.target.value, type))}
    />
  );
}

export function BooleanControl({ type, value, onChange, ...rest }) {
  return (
    <span class="switch">
      <input
        {...common(rest)}
        type="checkbox"
        checked={value === true}
        disabled={type.const !== undefined && value === type.const}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span aria-hidden="true">{String(value)}</span>
    </span>
  );
}
