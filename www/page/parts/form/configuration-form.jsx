// The fields of a configuration, in groups and with a search where there are many.
import { useState } from "preact/hooks";
import { equal, replaces } from "../../form/diff.js";
import { groupedFields } from "../../form/settings.js";
import { withField, without } from "../../form/value.js";
import { FieldRow } from "./field-row.jsx";
import { found } from "./object.jsx";
import { Problems } from "./problems.js";

/** From this many fields on there is a search. */
const many = 12;

export function ConfigurationForm({ write, type, begin, value, problems, onChange }) {
  const [search, setSearch] = useState("");
  const [onlyChanged, setOnlyChanged] = useState(false);
  const isChanged = ({ name }) => !equal(begin.body[name], value[name]);
  const shown = found(type.fields, search).filter((field) => !onlyChanged || isChanged(field));
  const groups = groupedFields(type.fields)
    .map(({ name, fields }) => ({ name, fields: fields.filter((field) => shown.includes(field)) }))
    .filter(({ fields }) => fields.length > 0);
  const row = (field) => (
    <Setting key={field.name} {...{ write, type, begin, value, onChange, field }} changed={isChanged(field)} />
  );
  return (
    <Problems.Provider value={problems}>
      {type.fields.length >= many && (
        <div class="field-filter">
          <input
            type="search"
            aria-label="Search the settings"
            placeholder={`Search ${type.fields.length} settings`}
            value={search}
            onInput={(event) => setSearch(event.target.value)}
          />
          <label class="check">
            <input type="checkbox" checked={onlyChanged} onChange={(event) => setOnlyChanged(event.target.checked)} />
            Only what is changed
          </label>
        </div>
      )}
      {shown.length === 0 && <p class="none">No setting is found.</p>}
      {groups.map(({ name, fields }) =>
        name === "" ? (
          <div class="fields" key="all">
            {fields.map(row)}
          </div>
        ) : (
          // Closed groups keep 234 fields readable; a search opens what it finds.
          <details class="group" key={`${name} ${search !== "" || onlyChanged}`} open={search !== "" || onlyChanged}>
            <summary>
              {name} <small>{fields.length === 1 ? "1 setting" : `${fields.length} settings`}</small>
              {fields.some(isChanged) && <small class="field-note"> changed</small>}
            </summary>
            <div class="fields">{fields.map(row)}</div>
          </details>
        ),
      )}
    </Problems.Provider>
  );
}

function Setting({ write, type, begin, value, onChange, field, changed }) {
  const { name, secret } = field;
  const was = Object.hasOwn(begin.body, name);
  // A write that replaces everything takes away what it is not sent; any other leaves it as it is.
  const back = () => onChange(was ? withField(type, value, name, begin.body[name]) : without(value, name));
  const kept = begin.secrets.has(name) ? "It is set, and cannot be read back. Add it to set another one." : undefined;
  return (
    <FieldRow
      field={field}
      present={Object.hasOwn(value, name)}
      value={value[name]}
      steps={["body", name]}
      onChange={(next) => onChange(withField(type, value, name, next))}
      onRemove={changed ? back : replaces(write) && was ? () => onChange(without(value, name)) : undefined}
      removal={changed ? "Undo" : "Back to its default"}
      note={changed ? "Changed." : (kept ?? (!was && !secret ? "Not set." : undefined))}
    />
  );
}
