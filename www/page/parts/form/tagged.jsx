// A union whose members are told apart by a field: which one it is, and the fields of that one.
import { emptyOfMember } from "../../form/value.js";
import { Fields } from "./object.jsx";

export function TaggedControl({ type, value, onChange, steps, label }) {
  const { tag, members } = type;
  const member = members.find((one) => one.value === value[tag]) ?? members[0];
  const fields = member.type.fields.filter(({ name }) => name !== tag);

  /** What both members have stays. */
  function become(event) {
    const next = members.find((one) => one.value === event.target.value);
    const names = new Set(next.type.fields.map(({ name }) => name));
    const kept = Object.entries(value).filter(([name]) => names.has(name) && name !== tag);
    onChange({ ...emptyOfMember(type, next), ...Object.fromEntries(kept) });
  }

  return (
    <div class="member">
      <label>
        {tag}
        <select aria-label={`${tag} of ${label}`} value={member.value} onChange={become}>
          {members.map((one) => (
            <option key={one.value} value={one.value}>
              {one.value}
            </option>
          ))}
        </select>
      </label>
      <div class="fields">
        <Fields key={member.value} fields={fields} type={member.type} {...{ value, onChange, steps }} />
      </div>
    </div>
  );
}
