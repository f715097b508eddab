// Templates of the page, and text for them. Data only ever becomes text: nothing here reads HTML.

export const byId = (id) => document.getElementById(id);

/** Puts texts into the elements below `root` that ask for them with `data-text`. */
export function write(root, texts) {
  for (const element of root.querySelectorAll("[data-text]")) {
    const text = texts[element.dataset.text];
    if (text !== undefined) element.textContent = text;
  }
  return root;
}

/** A copy of a template's element, with these texts in it. */
export function stamp(name, texts = {}) {
  const [element] = byId(`${name}-template`).content.children;
  return write(element.cloneNode(true), texts);
}

/** Puts elements where `root` has a place for them: `data-slot`. */
export function place(root, slot, ...elements) {
  root.querySelector(`[data-slot="${slot}"]`).replaceChildren(...elements);
}

/** Calls `act` when the button below `root` that says so is pressed. */
export function on(root, action, act) {
  root.querySelector(`[data-do="${action}"]`).addEventListener("click", act);
}

let fading;

/** Says what came of something, to eyes and screen readers. */
export function announce(text) {
  const result = byId("result");
  result.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => (result.textContent = ""), 8_000);
}
