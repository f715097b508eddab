with chosen as (select oid, nspname from pg_catalog.pg_namespace where nspname = any (string_to_array($1, ',')))
select
  (select coalesce(json_agg(json_build_object(
      'schema', n.nspname,
      'name', c.relname,
      'kind', c.relkind,
      'insertable', (pg_relation_is_updatable(c.oid, true) & 8) = 8,
      'updatable', (pg_relation_is_updatable(c.oid, true) & 4) = 4,
      'columns', (
        select coalesce(json_agg(json_build_object(
            'name', a.attname, 'type', t.typname, 'type_schema', tn.nspname, 'format', format_type(a.atttypid, null),
            'nullable', not (a.attnotnull or d.typtype = 'd' and d.typnotnull),
            'default', a.atthasdef or a.attidentity <> '', 'always', a.attgenerated <> '' or a.attidentity = 'a'
          ) order by a.attname), '[]')
        from pg_attribute a
        join pg_type d on d.oid = a.atttypid
        join pg_type t on t.oid = case when d.typtype = 'd' then d.typbasetype else d.oid end
        join pg_namespace tn on tn.oid = t.typnamespace
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      )
    ) order by n.nspname, c.relname), '[]')
   from pg_class c join chosen n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')) as relations,
  (select coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', t.typname,
      'values', (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)
    ) order by n.nspname, t.typname), '[]')
   from pg_type t join chosen n on n.oid = t.typnamespace where t.typtype = 'e') as enums,
  (select coalesce(json_agg(json_build_object(
      'schema', n.nspname, 'name', p.proname, 'defaults', p.pronargdefaults, 'set', p.proretset,
      'returns', json_build_object('type', r.typname, 'type_schema', rn.nspname),
      'arguments', (
        select coalesce(json_agg(json_build_object(
            'name', coalesce(x.name, ''), 'type', t.typname, 'type_schema', tn.nspname, 'mode', coalesce(x.mode, 'i')
          ) order by x.at), '[]')
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[]), p.proargnames, p.proargmodes) with ordinality as x (type, name, mode, at)
        join pg_type t on t.oid = x.type
        join pg_namespace tn on tn.oid = t.typnamespace
      )
    ) order by n.nspname, p.proname, p.oid), '[]')
   from pg_proc p
   join chosen n on n.oid = p.pronamespace
   join pg_type r on r.oid = p.prorettype
   join pg_namespace rn on rn.oid = r.typnamespace
   where p.prokind = 'f' and r.typname not in ('trigger', 'event_trigger')
     and not exists (select from pg_depend d where d.objid = p.oid and d.classid = 'pg_proc'::regclass and d.deptype = 'e')) as functions,
  (select coalesce(json_agg(json_build_object(
      'name', k.conname, 'schema', n.nspname, 'relation', c.relname,
      'columns', (select json_agg(a.attname order by x.at) from unnest(k.conkey) with ordinality as x (num, at)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.num),
      'unique', exists (select from pg_index i where i.indrelid = k.conrelid and i.indisunique and i.indpred is null
        and i.indkey::int2[] @> k.conkey and k.conkey @> i.indkey::int2[]),
      'referenced', f.relname,
      'referenced_columns', (select json_agg(a.attname order by x.at) from unnest(k.confkey) with ordinality as x (num, at)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.num)
    ) order by k.conname), '[]')
   from pg_constraint k
   join pg_class c on c.oid = k.conrelid
   join chosen n on n.oid = c.relnamespace
   join pg_class f on f.oid = k.confrelid
   where k.contype = 'f') as relationships
