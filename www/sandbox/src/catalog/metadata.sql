select current_database() as name,
  (select coalesce(json_agg(json_build_object('name', nspname) order by nspname), '[]')
   from pg_catalog.pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema') as schemas
