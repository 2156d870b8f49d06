-- What `ninetwod check` compares with what is built into the program. The table is the migrator's own.
set role ninetwo_owner;

create or replace function operator.applied() returns table (name text, checksum text)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query select m.name, m.checksum from meta.migration m order by m.name collate "C";
end
$$;
comment on function operator.applied() is 'The migrations that were applied here and their checksums; as everything, that of all of sql/.';
grant execute on function operator.applied() to ninetwo_operator;
