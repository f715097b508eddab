// The fields of an object. An absent field can be added, and a present one removed.
import { useState } from "preact/hooks";
import { withField, without } from "../../form/value.js";
import { FieldRow } from "./field-row.jsx";

/** From this many fields on they can be searched. */
const many = 12;

const matches = ({ name, about = "" }, words) =>
  words.every((word) => name.toLowerCase().includes(word) || about.toLowerCase().includes(word));

/** The fields that contain all words of a search. */
export const found = (fields, search) => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? fields : fields.filter((field) => matches(field, words));
};

export function ObjectControl({ type, value, onChange, steps, label }) {
  const [search, setSearch] = useState("");
  return (
    <div class="fields">
      {type.fields.length >= many && (
        <input
          type="search"
          aria-label={`Search the fields of ${label}`}
          placeholder={`Search ${type.fields.length} fields`}
          value={search}
          onInput={(event) => setSearch(event.target.value)}
        />
      )}
      <Fields fields={found(type.fields, search)} {...{ type, value, onChange, steps }} />
      {type.fields.length === 0 && <p class="none">It has no fields.</p>}
    </div>
  );
}

/** Rows for some of the fields of an object. */
export const Fields = ({ fields, type, value, onChange, steps, removal }) =>
  fields.map((field) => (
    <FieldRow
      key={field.name}
      field={field}
      removal={removal}
      present={Object.hasOwn(value, field.name)}
      value={value[field.name]}
      steps={[...steps, field.name]}
      onChange={(next) => onChange(withField(type, value, field.name, next))}
      onRemove={() => onChange(without(value, field.name))}
    />
  ));
