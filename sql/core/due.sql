-- What people owe. A noun says what its records ask of whom in a function of its own,
--
--   app.owed_<noun>(organisation, ids) returns setof app.owed
--
-- a row for each record, the method that settles it and the token of who owes it (a person, a part, a function, a
-- role), with the day by which, and since when. Triggers of the tables that this rests on call app.owes(), which keeps
-- app.due: so a thing is owed from the transaction that makes it so to the one that ends it, and `ninetwod check` finds
-- a row that is not as its record says.
--
-- A token is held by more people than owe: who has a hand in the work holds the function's too. Whether it is the
-- caller who owes is judged where it is read, by the gate's rules, place and states: what they could not do is not
-- theirs. What the method still needs first (a plan that is complete) is theirs to bring about.

-- Makes the rows of some records of one noun what their function says.
create or replace function app.owe(_noun text, _organisation uuid, _ids uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
	owed app.owed[];
begin
	execute format('select coalesce(array_agg(o), ''{}'') from app.%I($1, $2) o', 'owed_' || _noun)
		into owed using _organisation, _ids;
	delete from app.due d where d.organisation = _organisation and d.noun = _noun and d.subject = any (_ids)
		and not exists (select from unnest(owed) o
			where o.subject = d.subject and o.method = d.method and o.token = d.token);
	insert into app.due as d (organisation, noun, subject, method, token, answers, audit, on_day, since)
	select _organisation, _noun, o.subject, o.method, o.token, o.answers, o.audit, o.on_day, o.since
	from unnest(owed) o
	on conflict on constraint due_once do update
		set answers = excluded.answers, on_day = excluded.on_day, since = excluded.since
		where (d.answers, d.on_day, d.since) is distinct from (excluded.answers, excluded.on_day, excluded.since);
end
$$;
comment on function app.owe(text, uuid, uuid[]) is
	'Makes what is owed of these records of a noun what app.owed_<noun>() says, no more and no less.';
revoke execute on function app.owe(text, uuid, uuid[]) from ninetwo_api;

create or replace function app.owes() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	row constant jsonb := to_jsonb(case tg_op when 'DELETE' then old else new end);
begin
	perform app.owe(tg_argv[0], (row ->> 'organisation')::uuid,
		array[(row ->> coalesce(tg_argv[1], 'id'))::uuid]);
	return null;
end
$$;
comment on function app.owes() is
	'AFTER a change: what is owed of a record. Arguments: its noun [, the column that names it = id].';

-- The rows that are not as their records say, for `ninetwod check`.
create or replace function app.check_due() returns setof text
language plpgsql stable security definer set search_path = '' as $$
declare
	noun text;
begin
	for noun in select substr(p.proname, 6) from pg_catalog.pg_proc p
		where p.pronamespace = 'app'::regnamespace and p.proname ~ '^owed_' order by 1
	loop
		return query execute format('
			with kept as (
				select d.organisation, d.subject, d.method, d.token, d.answers, d.audit, d.on_day, d.since
				from app.due d where d.noun = %1$L),
			owed as (
				select g.id as organisation, o.subject, o.method, o.token, o.answers, o.audit, o.on_day, o.since
				from app.organisation g cross join lateral app.%2$I(g.id, array(select r.id from app.%3$I r
					where r.organisation = g.id)) o)
			select format(''what is owed of %1$s %%s in organisation %%s: %%s by %%s %%s'', x.subject, x.organisation,
				x.method, x.token, x.how)
			from (
				select k.*, ''has no source'' as how from (select * from kept except select * from owed) k
				union all select o.*, ''is missing'' from (select * from owed except select * from kept) o) x
			order by 1', noun, 'owed_' || noun, case noun when 'request' then 'evidence_request' else noun end);
	end loop;
end
$$;
comment on function app.check_due() is 'A sentence for each row of app.due that is not what its record asks.';

-- The roles that may call a method at all.
create or replace function app.roles_of(_fn text) returns text[]
language plpgsql stable set search_path = '' as $$
declare
	roles constant text[] := array(select jsonb_array_elements_text(
		pg_catalog.obj_description(format('method.%I', _fn)::regproc, 'pg_proc')::jsonb -> 'roles'));
begin
	return case when 'member' = any (roles) then app.my_roles() else roles end;
end
$$;

-- What a record is called: its reference and title, or those of the finding or audit that it belongs to.
create or replace function app.label(_row jsonb, out reference text, out title text)
language plpgsql stable set search_path = '' as $$
begin
	reference := _row ->> 'reference';
	title := coalesce(_row ->> 'title', _row ->> 'question', _row ->> 'asked', _row ->> 'what',
		app.said(_row -> 'summary'), _row ->> 'reason', app.said(_row -> 'because'));
	if reference is null and _row ? 'finding' then
		select f.reference, f.title into reference, title from app.finding f
		where f.organisation = app.org() and f.id = (_row ->> 'finding')::uuid;
	elsif reference is null and _row ? 'audit' then
		select a.reference, coalesce(label.title, a.title) into reference, title from app.audit a
		where a.organisation = app.org() and a.id = (_row ->> 'audit')::uuid;
	end if;
end
$$;
comment on function app.label(jsonb, out text, out text) is
	'The reference and title by which people know a record, a row of its table.';

-- What waits under a token of the caller's, as an item of due.list; null where it is not theirs.
create or replace function app.due_item(_due app.due) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	fn constant text := replace(_due.method, '.', '_');
	args constant jsonb := case when _due.answers then jsonb_build_object('function', _due.token) else '{}' end;
	refused text;
	content jsonb;
	label record;
begin
	if _due.answers and not app.answers_for(_due.token) or not app.my_roles() && app.roles_of(fn) then
		return null;
	end if;
	execute format('select to_jsonb(r), (app.first_of(gate.%1$I(r, 1), gate.%1$I(r, 2), gate.%1$I(r, 3))).code
		from %2$s r where r.organisation = $1 and r.id = $2',
		'judge_' || fn, (select (meta.record_of(format('method.%I', fn)::regproc)).relation))
		into content, refused using _due.organisation, _due.subject;
	if content is null or refused is not null then
		return null;
	end if;
	label := app.label(content);
	return jsonb_build_object('id', _due.id, 'noun', _due.noun, 'subject', _due.subject, 'reference', label.reference,
		'title', label.title, 'method', _due.method, 'what', app.words('owed.' || _due.method, args),
		'say', app.say('owed.' || _due.method, args), 'audit', _due.audit,
		'audit_reference', app.audit_reference(_due.audit), 'due', _due.on_day,
		'overdue', coalesce(_due.on_day < app.today(), false), 'since', _due.since);
end
$$;
comment on function app.due_item(app.due) is 'What one row of app.due asks of the caller; null where nothing.';
