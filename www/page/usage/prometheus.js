// Metrics as Prometheus writes them: a line for each value, and comments that say what it is.

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Labels that are the same for all values of a project. */
const usual = new Set(["supabase_project_ref", "service_type", "supabase_identifier"]);

/** `[{ name, about, labels, value }]` */
export function readMetrics(text) {
  const about = new Map();
  const metrics = [];
  for (const row of text.split("\n")) {
    const [, name, help] = /^# HELP (\S+) (.*)$/.exec(row) ?? [];
    if (name) about.set(name, help);
    const found = row.startsWith("#") ? undefined : line.exec(row);
    if (!found) continue;
    const labels = Array.from((found[2] ?? "").matchAll(label), ([, key, value]) => ({ key, value }));
    const told = labels.filter(({ key }) => !usual.has(key)).map(({ key, value }) => `${key}: ${value}`);
    metrics.push({ name: found[1], about: about.get(found[1]) ?? "", labels: told.join(", "), value: found[3] });
  }
  return metrics;
}
