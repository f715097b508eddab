// The control for a type, whatever it is.
import { fits, typeIndexOf, emptyOf, Unfinished } from "../../form/value.js";
import { typeInWords } from "../../form/words.js";
import { JsonControl } from "./json.jsx";
import { ListControl } from "./list.jsx";
import { MapControl } from "./map.jsx";
import { ObjectControl } from "./object.jsx";
import { BooleanControl, ChoiceControl, NumberControl, TextControl } from "./scalar.jsx";
import { TaggedControl } from "./tagged.jsx";

/** Types whose control is one element, which a label can name. Others are groups. */
export const isPlain = ({ type }) => !["object", "array", "map", "tagged", "union"].includes(type);

function controlOf(type, value) {
  // What does not fit, as an answer may be newer than this page, is shown as what it is.
  if (!(value instanceof Unfinished) && !fits(type, value)) return JsonControl;
  switch (type.type) {
    case "boolean":
      return BooleanControl;
    case "integer":
    case "number":
      return NumberControl;
    case "string":
      return type.enum ? ChoiceControl : TextControl;
    case "object":
      return ObjectControl;
    case "array":
      return ListControl;
    case "map":
      return MapControl;
    case "tagged":
      return TaggedControl;
    case "union":
      return UnionControl;
    default:
      return JsonControl;
  }
}

/**
 * @param type of the catalog
 * @param value what the form holds there
 * @param onChange takes the next value
 * @param steps where it is in the form: `["body", "name"]`
 * @param id of the element, for its label
 * @param label its name, for groups
 */
export function Control(properties) {
  const Made = controlOf(properties.type, properties.value);
  return <Made {...properties} />;
}

/** A plain union: which of the types it is, and the control of that one. */
function UnionControl({ type, value, onChange, id, label, ...rest }) {
  const index = typeIndexOf(type, value);
  return (
    <div class="member">
      <select
        aria-label={`Kind of ${label}`}
        value={index}
        onChange={(event) => onChange(emptyOf(type.types[Number(event.target.value)]))}
      >
        {type.types.map((one, at) => (
          <option key={at} value={at}>
            {typeInWords(one)}
          </option>
        ))}
      </select>
      {/* Another type is another control, with nothing of the one before it. */}
      <div class="labelled">
        <label class="unseen" for={id}>
          {label}
        </label>
        <Control
          key={index}
          {...rest}
          id={id}
          label={label}
          type={type.types[index]}
          value={value}
          onChange={onChange}
        />
      </div>
    </div>
  );
}
