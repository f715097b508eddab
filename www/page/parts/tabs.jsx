// Several texts in one place, one of them shown: the arrow keys go from tab to tab.
import { useId, useRef, useState } from "preact/hooks";

/**
 * @param label what the tabs are
 * @param tabs `{ name, content }`, where `content` draws what a tab shows
 */
export function Tabs({ label, tabs }) {
  const id = useId();
  const [chosen, choose] = useState(0);
  const list = useRef();
  function onKeyDown(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = (chosen + by + tabs.length) % tabs.length;
    choose(next);
    list.current.children[next].focus();
  }
  return (
    <div class="tabbed">
      <div role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ name }, at) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-tab-${at}`}
            aria-selected={at === chosen ? "true" : "false"}
            aria-controls={`${id}-panel`}
            tabIndex={at === chosen ? 0 : -1}
            onClick={() => choose(at)}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${chosen}`}>
        {tabs[chosen].content()}
      </div>
    </div>
  );
}
