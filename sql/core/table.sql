-- What every business table carries: the stamp of a new version, and the event of a change. What an event holds:
-- core/content.sql.

-- A changed row is a new version.
create or replace function app.stamp() returns trigger
language plpgsql set search_path = '' as $$
declare
	before constant jsonb := to_jsonb(old) - app.uncounted();
	after constant jsonb := to_jsonb(new) - app.uncounted();
begin
	if after = before then
		return new;
	end if;
	if after -> 'organisation' is distinct from before -> 'organisation'
		or after -> 'id' is distinct from before -> 'id' then
		raise exception 'the key of a record never changes';
	end if;
	new.version := old.version + 1;
	new.updated_at := transaction_timestamp();
	return new;
end
$$;
comment on function app.stamp() is
	'BEFORE UPDATE: the next version and its time, unless nothing changed but what does not count.';
comment on function app.changed() is
	'AFTER INSERT OR UPDATE OR DELETE: writes the event. Arguments: noun [, column of the subject = id [, column of '
	'the organisation]].';

create or replace function app.changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	was jsonb;
	content jsonb;
	organisation uuid;
	subject uuid;
	verb text;
	event bigint;
begin
	if tg_op = 'UPDATE' then
		-- a touch alone, as of each write below an audit, costs no more than this
		if new.version = old.version then
			return null;
		end if;
		was := to_jsonb(old);
		content := to_jsonb(new);
		verb := case when content -> 'state' is distinct from was -> 'state' then content ->> 'state' end;
		verb := coalesce(verb, 'changed');
	elsif tg_op = 'INSERT' then
		content := to_jsonb(new);
		verb := 'created';
	else
		content := to_jsonb(old);
		verb := 'removed';
	end if;
	subject := content ->> coalesce(tg_argv[1], 'id');
	organisation := content ->> coalesce(tg_argv[2], 'organisation');
	-- the row was written before this line, so whoever changes it next draws a higher id
	event := nextval('ledger.event_id');
	insert into ledger.event (id, organisation, actor, kind, subject, version, tokens, salt, content)
	values (event, organisation, app.me(), tg_argv[0] || '.' || verb, subject, (content ->> 'version')::integer,
		array_remove(coalesce(app.audience(tg_argv[0], organisation, subject),
			array[app.role_token(organisation, 'administrator'), subject]), null),
		uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
		convert_to(app.content(tg_argv[0], content)::text, 'UTF8'));
	insert into ledger.pending values (event);
	return null;
end
$$;

-- What people call a record of an audit: its audit's reference, a letter, its number.
create or replace function app.reference_of(_audit text, _letter text, _number int) returns text
language plpgsql immutable set search_path = '' as $$
begin
	return format('%s-%s-%s', _audit, _letter,
	case when _number < 10 then '0' || _number else _number::text end);
end
$$;

-- The next number of a noun within an audit; the caller has the audit's line (app.lock_audit), so nobody takes it
-- between.
create or replace function app.next_number(_noun text, _audit uuid) returns int
language plpgsql stable security definer set search_path = '' as $$
begin
	return 1 + coalesce(case _noun
		when 'check' then (select max(c.number) from app.check c where c.organisation = app.org() and c.audit = _audit)
		when 'request' then (select max(r.number) from app.evidence_request r where r.organisation = app.org()
			and r.audit = _audit)
		when 'finding' then (select max(f.number) from app.finding f where f.organisation = app.org()
			and f.audit = _audit) end, 0);
end
$$;

create or replace function app.guard_state() returns trigger
language plpgsql set search_path = '' as $$
begin
	if new.state is distinct from old.state and not exists (select from app.transitions() t where t.noun = tg_argv[0]
			and t.was = old.state::text and t.becomes = new.state::text) then
		perform app.refuse(row('2006', 'state.step', x.args, x.args)::app.refusal)
		from (select jsonb_build_object('noun', tg_argv[0], 'state', old.state, 'becomes', new.state)) x (args);
	end if;
	return new;
end
$$;
comment on function app.guard_state() is
	'BEFORE UPDATE OF state: no verb leads from that state to this one (rules/states.sql). Argument: the noun.';
