// The regions that a project can be created in, as the choice of a form.

/** What there is where the API does not tell: groups, of which the server picks the best region. */
export const fallback = [
  {
    label: "The best one in …",
    options: [
      { value: "smartGroup americas", label: "Americas" },
      { value: "smartGroup emea", label: "Europe, Middle East, Africa" },
      { value: "smartGroup apac", label: "Asia and the Pacific" },
    ],
  },
];

const optionOf = ({ type, code, name }) => ({
  value: `${type} ${code}`,
  label: type === "specific" ? `${name} · ${code}` : name,
});

/**
 * Groups of options of what `projects.getAvailableRegions` answers; without regions that have no room.
 * @returns `groups`, and the `recommended` one of the options
 */
export function regionsOf({ recommendations, all }) {
  const free = all.specific.filter(({ status }) => status !== "capacity");
  const groups = [
    { label: "The best one in …", options: all.smartGroup.map(optionOf) },
    { label: "Exactly", options: free.map(optionOf) },
  ];
  return { groups, recommended: optionOf(recommendations.smartGroup).value };
}

/** The `region_selection` of an option. */
export function selectionOf(value) {
  const [type, code] = value.split(" ");
  return { type, code };
}
