// Tables of the reference: all options, from the declarations that are published, and the limits and rights of every
// operation, from the table that the client works with.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../pkg/build/install.mjs";
import { anchorOf, cell, codeCell, pageOf, table } from "./words.mjs";

const written = readFileSync(join(root, "pkg", "index.d.ts"), "utf8");

const front = (title, description) =>
  `---\ntitle: ${title}\ndescription: ${description}\npageClass: reference\naside: false\neditLink: false\n---\n\n# ${title}\n\n`;

/** The fields of an interface of index.d.ts: name, type, docs and default. */
export function optionsOf(name) {
  const body = new RegExp(`^(?:export )?interface ${name}\\b[^{]*\\{\\n(.*?)^\\}`, "ms").exec(written)?.[1];
  if (!body) throw new Error(`index.d.ts has no interface ${name}`);
  const field = /^ {2}\/\*\*(.*?)\*\/\n {2}(\w+)\?: (.*?);$/gms;
  return Array.from(body.matchAll(field), ([, comment, option, type]) => {
    const text = comment
      .replace(/^ *\* ?/gm, "")
      .replace(/```.*?```/gs, "")
      .trim();
    // A tag begins a line: `{@link …}` stands within one.
    const [docs, ...tags] = text.split(/(?:^|\n)@(?=\w+ )/);
    const standard = tags.find((tag) => tag.startsWith("default "))?.slice(8);
    return { option, type: type.replace(/ \| undefined$/, "").replace(/\s+/g, " "), docs: docs.trim(), standard };
  });
}

function optionTable(name) {
  const rows = optionsOf(name).map(({ option, type, docs, standard }) => [
    `\`${option}\``,
    codeCell(type),
    standard ? cell(standard) : "",
    cell(docs),
  ]);
  return table(["option", "type", "default", "what it does"], rows);
}

const groups = [
  [
    "Of a client and of a call",
    "A client takes them when it is made, and each call as its last argument.",
    "SharedOptions",
  ],
  ["Of a client alone", "", "ClientOptions"],
  ["Of a call alone", "", "CallOptions"],
  ["Of `migrations.apply` and `migrations.upsert`", "", "IdempotentCallOptions"],
  ["Of a wait", "A waiter takes those of a call as well.", "WaitOptions"],
  ["Of `projects.waitUntilHealthy`", "", "HealthWaitOptions"],
  ["Of `client.request`", "For calls that the package does not know.", "RequestOptions"],
];

function optionsPage() {
  const parts = groups.map(([title, text, name]) => `## ${title}\n\n${text ? `${text}\n\n` : ""}${optionTable(name)}`);
  return front("All options", "Every option of a client, a call and a wait, with its default.") + parts.join("\n");
}

function limitsPage({ resources, catalog }) {
  const methods = resources.flatMap(({ name, methods }) =>
    methods.map((method) => ({ ...method, page: pageOf(name) })),
  );
  const rows = methods.flatMap(({ id, page }) => {
    const row = catalog.get(id);
    if (!row) return [];
    const limits = row.rateLimits.map(({ calls, seconds }) => `${calls} in ${seconds} s`).join(", ");
    const permissions = row.permissions.map((names) => names.map((name) => `\`${name}\``).join(" and ")).join(", or ");
    const again = row.repeatable ? "yes" : "no";
    return [
      [
        `[\`${id}\`](./${page}.md#${anchorOf(id)})`,
        limits || "120 in 60 s",
        again,
        row.scope ? `\`${row.scope}\`` : "",
        permissions,
      ],
    ];
  });
  const text =
    "The API counts calls for each endpoint and each project or organization. The client waits for its turn by itself. " +
    "*Sent again* tells whether the client repeats a call whose answer was lost. The scope is what an OAuth app needs, and the " +
    "permission what a fine-grained token needs; an empty cell means that the API names none.\n\n";
  return (
    front(
      "Limits and rights",
      "How often each operation may be called, whether it is sent again, and which rights it needs.",
    ) +
    text +
    table(["method", "calls", "sent again", "scope", "permission"], rows)
  );
}

/** The pages by name. */
export const tablePages = (context) => [
  ["options", optionsPage()],
  ["limits", limitsPage(context)],
];
