// What the plan of an organization includes, in words.

/** `storage max file size` of `storage.max_file_size`. */
export const wordsOfFeature = (key) => key.replaceAll(/[._]/g, " ");

const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** A number of bytes in the largest unit that makes it a short number. */
function bytesOf(value) {
  const power = value > 0 ? Math.min(Math.floor(Math.log2(value) / 10), units.length - 1) : 0;
  return `${Number((value / 1024 ** power).toFixed(1))} ${units[power]}`;
}

/** The limit of an entitlement: a number with its unit, the values of a set; empty where there is none to tell. */
export function limitOf({ type, config }) {
  if (type === "set") return (config.set ?? []).join(", ");
  if (type !== "numeric") return "";
  if (config.unlimited) return "unlimited";
  if (config.value === undefined || config.value === null) return "";
  return config.unit === "byte" ? bytesOf(config.value) : `${config.value} ${config.unit ?? ""}`.trim();
}
