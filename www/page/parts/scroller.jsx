// A part of the page that scrolls by itself. It takes the focus, as not every browser lets the keyboard scroll without it.

export const Scroller = ({ label, children, ...properties }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
  <section aria-label={label} tabIndex={0} {...properties}>
    {children}
  </section>
);
