// JSON to read: objects and lists fold.

/** Deeper than this it is folded at first, as is a long list. */
const openDepth = 3;
const openItems = 50;

const countOf = (value) => {
  const count = Object.keys(value).length;
  const [one, many] = Array.isArray(value) ? ["item", "items"] : ["field", "fields"];
  return `${count} ${count === 1 ? one : many}`;
};

export function JsonTree({ value, name, depth = 0 }) {
  const label = name === undefined ? null : <span class="json-name">{name}: </span>;
  if (Object(value) !== value) {
    return (
      <div class="json-leaf">
        {label}
        <span data-kind={value === null ? "null" : typeof value}>{JSON.stringify(value) ?? "undefined"}</span>
      </div>
    );
  }
  const entries = Object.entries(value);
  const [opens, closes] = Array.isArray(value) ? "[]" : "{}";
  if (entries.length === 0) {
    return (
      <div class="json-leaf">
        {label}
        {`${opens}${closes}`}
      </div>
    );
  }
  return (
    <details class="json" open={depth < openDepth && entries.length <= openItems}>
      <summary>
        {label}
        {opens} <small>{countOf(value)}</small> {closes}
      </summary>
      <div class="json-inner">
        {entries.map(([key, inner]) => (
          <JsonTree key={key} name={key} value={inner} depth={depth + 1} />
        ))}
      </div>
    </details>
  );
}
