with tables as (
  select c.oid, n.nspname as schema, c.relname as name, c.relrowsecurity as secured
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'auth', 'storage', 'realtime', 'extensions', 'graphql', 'vault', 'supabase_migrations', 'supabase_functions')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
),
keys as (
  select t.schema, t.name, k.conname, k.conkey, t.oid from pg_constraint k join tables t on t.oid = k.conrelid where k.contype = 'f'
),
indexes as (
  select t.schema, t.name, i.indkey::text || ' ' || coalesce(pg_get_expr(i.indexprs, i.indrelid), '') || ' ' || coalesce(pg_get_expr(i.indpred, i.indrelid), '')
    || ' ' || i.indclass::text || ' ' || i.indoption::text as shape, r.relname as index
  from pg_index i join tables t on t.oid = i.indrelid join pg_class r on r.oid = i.indexrelid
),
policies as (
  select t.oid, t.schema, t.name, p.polname as policy, p.polroles as roles, p.polcmd::text as command, p.polpermissive as permissive,
    concat(pg_get_expr(p.polqual, p.polrelid), ' ', pg_get_expr(p.polwithcheck, p.polrelid)) as condition
  from pg_policy p join tables t on t.oid = p.polrelid
)
select 'rls_disabled_in_public' as lint, schema, name, 'table' as type, null as more, null::json as columns from tables where schema = 'public' and not secured
union all
select 'rls_enabled_no_policy', schema, name, 'table', null, null from tables where secured and not exists (select from pg_policy p where p.polrelid = tables.oid)
union all
select 'policy_exists_rls_disabled', schema, name, 'table', (select string_agg(p.polname, ', ' order by p.polname) from pg_policy p where p.polrelid = tables.oid), null
from tables where not secured and exists (select from pg_policy p where p.polrelid = tables.oid)
union all
select 'no_primary_key', schema, name, 'table', null, null from tables where not exists (select from pg_index i where i.indrelid = tables.oid and i.indisprimary)
union all
select 'unindexed_foreign_keys', schema, name, 'table', conname, to_json(conkey) from keys
where not exists (select from pg_index i where i.indrelid = keys.oid and (i.indkey::int2[])[0:cardinality(keys.conkey) - 1] @> keys.conkey)
union all
select 'duplicate_index', schema, name, 'table', string_agg(index, ', ' order by index), null from indexes group by schema, name, shape having count(*) > 1
union all
select 'security_definer_view', n.nspname, c.relname, 'view', null, null from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'v' and n.nspname = 'public' and not coalesce(c.reloptions::text[] && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
union all
select 'materialized_view_in_api', n.nspname, c.relname, 'view', null, null from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'm' and n.nspname = 'public'
union all
select 'function_search_path_mutable', n.nspname, p.proname, 'function', null, null from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname = 'public' and p.prokind = 'f' and not exists (select from unnest(p.proconfig) as setting where setting like 'search\_path=%')
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
union all
select 'foreign_table_in_api', n.nspname, c.relname, 'foreign table', null, null from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'f' and n.nspname = 'public'
union all
select 'auth_users_exposed', n.nspname, c.relname, 'view', null, null from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('v', 'm') and n.nspname = 'public' and exists (
  select from pg_rewrite r join pg_depend d on d.objid = r.oid and d.classid = 'pg_rewrite'::regclass
  where r.ev_class = c.oid and d.refobjid = to_regclass('auth.users')
)
union all
select 'auth_rls_initplan', schema, name, 'table', string_agg(policy, ', ' order by policy), null from policies
where condition ~ '(auth\.\w+|current_setting)\(' and condition !~* 'select\s+(auth\.\w+|current_setting)\(' group by schema, name
union all
select 'rls_references_user_metadata', schema, name, 'table', string_agg(policy, ', ' order by policy), null from policies
where condition ~ 'user_metadata' group by schema, name
union all
select 'multiple_permissive_policies', schema, name, 'table', string_agg(policy, ', ' order by policy), null
from (select distinct p.schema, p.name, p.policy from policies p join policies q on q.oid = p.oid and q.policy <> p.policy and q.roles && p.roles and (q.command = p.command or '*' in (q.command, p.command)) where p.permissive and q.permissive) as several
group by schema, name
union all
select 'unsupported_reg_types', t.schema, t.name, 'table', string_agg(a.attname, ', ' order by a.attnum), null
from tables t join pg_attribute a on a.attrelid = t.oid and not a.attisdropped and a.attnum > 0
where a.atttypid::regtype::text in ('regcollation', 'regconfig', 'regdictionary', 'regnamespace', 'regoper', 'regoperator', 'regproc', 'regprocedure')
group by t.schema, t.name
union all
select 'extension_in_public', n.nspname, e.extname, 'extension', null, null from pg_extension e join pg_namespace n on n.oid = e.extnamespace where n.nspname = 'public'
order by 1, 2, 3, 5
