// Every view of the page, with an address where there is something to see.
import { projectViews, views } from "../../www/page/views.js";
import { refs } from "./harness.js";

/** The address of a view: what may be missing in it is left out. */
function addressOf(path) {
  const address = path.replace(/\/:\w+\?/g, "").replace(":ref", refs.storefront) || "/";
  if (address.includes(":")) throw new Error(`tests/page/views.js has no example for ${path}`);
  return address;
}

export const everyView = [
  ...views.map(({ path, title }) => ({ title, hash: addressOf(path) })),
  ...projectViews.map(({ path, title }) => ({
    title: `${title} of a project`,
    hash: `/projects/${refs.storefront}${path && `/${addressOf(path)}`}`,
  })),
];
