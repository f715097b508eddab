// What is in a database, asked for in SQL: its tables, views and enums, with their columns.

/** Names come quoted where they have to be, as only Postgres knows all its words. */
export const catalogStatement = `select n.nspname as schema, c.relname as name,
  quote_ident(n.nspname) || '.' || quote_ident(c.relname) as address,
  case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end as kind,
  (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
      'required', a.attnotnull, 'key', coalesce(a.attnum = any (i.indkey), false)) order by a.attnum), '[]')
    from pg_catalog.pg_attribute a
    left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisprimary
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
from pg_catalog.pg_class c
join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select n.nspname, t.typname, format_type(t.oid, null), 'enum',
  (select json_agg(json_build_object('name', e.enumlabel) order by e.enumsortorder)
    from pg_catalog.pg_enum e where e.enumtypid = t.oid)
from pg_catalog.pg_type t
join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where t.typtype = 'e' and n.nspname !~ '^pg_'
order by 1, 2`;

/** Schemas with what is in them. `public` comes first: the others are mostly those of the services. */
export function schemasOf(rows) {
  const schemas = new Map();
  for (const { schema, ...item } of rows) {
    if (!schemas.has(schema)) schemas.set(schema, []);
    schemas.get(schema).push(item);
  }
  if (!schemas.has("public")) schemas.set("public", []);
  const order = (name) => (name === "public" ? "" : name);
  return Array.from(schemas, ([name, items]) => ({ name, items })).sort((one, other) =>
    order(one.name).localeCompare(order(other.name)),
  );
}

/** The statement that shows what is in a table; of an enum, its values. */
export const selectOf = ({ kind, address }) =>
  kind === "enum" ? `select unnest(enum_range(null::${address})) as value;` : `select * from ${address} limit 100;`;
