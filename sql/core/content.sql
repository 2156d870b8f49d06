-- What an event holds: its record after the change, without the columns that do not count. A noun whose rows do not say
-- all of it, or too much, says otherwise by a function app.content_<noun>(row without those columns): what it keeps in
-- tables beside its own as ids, never as names, and nothing at length that another event holds or that a digest proves.
-- A table beside a noun's own has the trigger app.changed_within(), so that whatever is added or taken away there is an
-- event of the record too.

-- `touched` is updated by a write below the record so that such writes queue; `readers` is who sees it; the others are
-- generated, not worked out yet before an update, and change only with what they are made from.
create or replace function app.uncounted() returns text[]
language sql immutable parallel safe
return array['touched', 'readers', 'period', 'held', 'window_from', 'sort_key', 'issued_grade'];
comment on function app.uncounted() is 'Columns of which a change is neither a version nor an event, and no content.';

-- This form looks the noun's function up at each call; app.audience_build() replaces it by one that names them all.
create or replace function app.content(_noun text, _row jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	content jsonb := _row - app.uncounted();
begin
	if to_regprocedure(format('app.%I(jsonb)', 'content_' || _noun)) is not null then
		execute format('select app.%I($1)', 'content_' || _noun) into content using content;
	end if;
	return content;
end
$$;
comment on function app.content(text, jsonb) is 'What an event of this noun holds when its row is so.';

create or replace function app.changed_within() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	changed constant jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
	execute format('update app.%1$I x set updated_at = clock_timestamp() where x.organisation = $1 and x.id = $2
		and not ledger.says($1, %1$L, $2, app.content(%1$L, to_jsonb(x)))', tg_argv[0])
	using (changed ->> 'organisation')::uuid, (changed ->> tg_argv[0])::uuid;
	return null;
end
$$;
comment on function app.changed_within() is
	'AFTER INSERT OR UPDATE OR DELETE beside a noun''s own table: a new version of the record, unless its last event '
	'says so already, as where both are written by one statement. Argument: the noun, which names its table and the '
	'column.';
