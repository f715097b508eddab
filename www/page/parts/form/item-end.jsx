// What stands behind the control of an item of a list or a map: the way to take it out, and what is wrong with it.

/**
 * @param label what the item is called
 * @param problem what is wrong with its value, in words
 * @param id of the item's control, which names the problem as its description
 */
export const ItemEnd = ({ label, problem, id, onRemove }) => (
  <>
    <button type="button" class="small" aria-label={`Remove: ${label}`} onClick={onRemove}>
      Remove
    </button>
    {problem && (
      <small class="wrong" id={`${id}-problem`}>
        {problem}
      </small>
    )}
  </>
);
