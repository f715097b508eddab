// The add-ons of a project.

/** The kind of which a project has always one: it can be changed and not removed. */
export const compute = "compute_instance";

/** Each add-on that there is, with the variant that the project has as `selected`. */
export const addonsOf = ({ selected_addons, available_addons }) =>
  available_addons.map((addon) => ({
    ...addon,
    selected: selected_addons.find(({ type }) => type === addon.type)?.variant,
  }));
