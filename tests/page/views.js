// Every view of the page, with an address where there is something to see.
import { projectViews, views } from "../../www/page/views.js";
import { refs } from "./harness.js";

/** What stands in an address for each of its names. */
const examples = { ref: refs.storefront, id: "projects.create", slug: "tidewater-labs" };

/** The address of a view: what may be missing in it is left out. */
function addressOf(path) {
  const address = path.replace(/\/:\w+\?/g, "").replace(/:(\w+)/g, (name, word) => examples[word] ?? name) || "/";
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
