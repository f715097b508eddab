// What the advisors find, in groups, and the statements that mend it.

/** The levels, the gravest first, and what each means. */
export const levels = [
  { level: "ERROR", title: "Errors", text: "Mend these first." },
  { level: "WARN", title: "Warnings", text: "Look at these soon." },
  { level: "INFO", title: "Hints", text: "These can wait." },
];

/** Findings by level, the gravest first, with levels that nobody knows yet at the end. Levels without any are left out. */
export function groupsOf(lints) {
  const known = levels.map(({ level }) => level);
  const others = [...new Set(lints.map(({ level }) => level))].filter((level) => !known.includes(level));
  return [...levels, ...others.map((level) => ({ level, title: level, text: "" }))]
    .map((group) => ({ ...group, lints: lints.filter(({ level }) => level === group.level) }))
    .filter(({ lints: found }) => found.length > 0);
}

/** A name as SQL writes it. */
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

/** What a finding is about: `public.orders`; empty where it is about the whole project. */
export function placeOf({ metadata }) {
  const { schema, name, entity } = metadata ?? {};
  return [schema, name ?? entity].filter(Boolean).join(".");
}

/** Statements for the kinds of findings that one statement mends, or at least begins to. Each is read before it is run. */
const statements = {
  rls_disabled_in_public: (table) => `alter table ${table} enable row level security;`,
  policy_exists_rls_disabled: (table) => `alter table ${table} enable row level security;`,
  rls_enabled_no_policy: (table) =>
    `-- An example: say in your own columns who may read which rows.\ncreate policy "own rows" on ${table}\n  for select to authenticated\n  using ((select auth.uid()) = user_id);`,
  security_definer_view: (view) => `alter view ${view} set (security_invoker = on);`,
  materialized_view_in_api: (view) => `revoke select on ${view} from anon, authenticated;`,
  foreign_table_in_api: (table) => `revoke select on ${table} from anon, authenticated;`,
  auth_users_exposed: (view) => `revoke select on ${view} from anon, authenticated;`,
  no_primary_key: (table) => `alter table ${table} add column id bigint generated always as identity primary key;`,
  extension_in_public: (_, { name }) => `alter extension ${quoted(name)} set schema extensions;`,
  unused_index: (_, { schema, name, detail }) => {
    const index = /index `([^`]+)`/i.exec(detail)?.[1];
    return index
      ? `drop index ${quoted(schema)}.${quoted(index)};`
      : `select * from pg_indexes where tablename = '${name}';`;
  },
  duplicate_index: (_, { schema, name }) =>
    `select indexname, indexdef from pg_indexes\nwhere schemaname = '${text(schema)}' and tablename = '${text(name)}';`,
  function_search_path_mutable: (_, { schema, name }) =>
    // A function may exist with several lists of arguments: this writes one statement for each of them.
    `select format('alter function %s set search_path = '''';', p.oid::regprocedure)\nfrom pg_proc p join pg_namespace n on n.oid = p.pronamespace\nwhere n.nspname = '${text(schema)}' and p.proname = '${text(name)}';`,
  unindexed_foreign_keys: (table, { fkey_name }) =>
    // The finding tells numbers of columns; the statement reads their names.
    `select format('create index on %s (%s);', '${text(table)}',\n  string_agg(quote_ident(a.attname), ', ' order by k.at))\nfrom pg_constraint c, unnest(c.conkey) with ordinality k (attnum, at), pg_attribute a\nwhere c.conrelid = '${text(table)}'::regclass${fkey_name ? ` and c.conname = '${text(fkey_name)}'` : ""} and c.contype = 'f'\n  and a.attrelid = c.conrelid and a.attnum = k.attnum\ngroup by c.conname;`,
};

/** Text within quotes of SQL. */
const text = (value) => value.replaceAll("'", "''");

/** A statement that mends a finding, or shows what there is to mend; undefined where there is none. */
export function statementOf({ name: kind, metadata, detail }) {
  const { schema, name, ...more } = metadata ?? {};
  const make = statements[kind];
  if (!make || !name) return undefined;
  const place = schema ? `${quoted(schema)}.${quoted(name)}` : quoted(name);
  return make(place, { schema: schema ?? "public", name, detail, ...more });
}
