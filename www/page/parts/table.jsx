// A table of things. On a narrow screen each row becomes a card, in which every cell is labelled.

/**
 * @param label what the table shows
 * @param columns `{ title, cell(item), head, actions }`: what a cell of an item shows; `head` for the one that names the item,
 * `actions` for the one with its buttons
 * @param keyOf what tells an item from the others
 * @param empty what is said where there are no items
 */
export function Table({ label, columns, items, keyOf, empty = "Nothing yet.", class: name }) {
  if (items.length === 0) return <p class="empty">{empty}</p>;
  return (
    <table class={name} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ title, actions }) => (
            <th key={title} scope="col">
              {actions ? <span class="unseen">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={keyOf(item)}>
            {columns.map(({ title, cell, head, actions }) =>
              head ? (
                <th key={title} scope="row">
                  {cell(item)}
                </th>
              ) : (
                <td key={title} class={actions ? "do" : undefined} data-label={actions ? undefined : title}>
                  {cell(item)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
