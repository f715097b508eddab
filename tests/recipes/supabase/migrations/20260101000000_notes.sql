create table public.notes (id bigint primary key, note text);
alter table public.notes enable row level security;
