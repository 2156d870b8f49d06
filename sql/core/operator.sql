-- What the operator of the machine does, as ninetwo_operator: the first two people of an organisation, a code for a
-- person, shutting one out, and the daily sweep.

-- What `ninetwod check` compares with what is built into the program. The table is the migrator's own.
create or replace function operator.applied() returns table (name text, checksum text)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query select m.name, m.checksum from meta.migration m order by m.name collate "C";
end
$$;
comment on function operator.applied() is
	'The migrations that were applied here and their checksums; as everything, that of all of sql/.';
grant execute on function operator.applied() to ninetwo_operator;

-- A first or another person of an organisation, with a role and a code.
create or replace function operator.settle(_organisation uuid, _name text, _email text, _role app.membership_role,
	_code_digest bytea) returns uuid
language plpgsql set search_path = '' as $$
declare
	person constant uuid := app.person_known(_name, _email);
begin
	insert into app.enrolment (organisation, person, name, email) values (_organisation, person, _name, _email);
	insert into app.membership (organisation, person, role, from_date)
		values (_organisation, person, _role, app.today());
	perform auth.ask_invitation(person, _organisation, _code_digest);
	return person;
end
$$;

create or replace function operator.init(_organisation text, _admin_name text, _admin_email text,
	_admin_code_digest bytea, _management_name text, _management_email text, _management_code_digest bytea)
	returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	made uuid;
	administrator uuid;
	management uuid;
begin
	perform auth.nobody();
	if lower(_admin_email) = lower(_management_email) then
		perform app.refuse(app.no('roles', 'roles.first'));
	end if;
	insert into app.organisation as o (name) values (_organisation) returning o.id into made;
	perform set_config('ninetwo.organisation', made::text, true);
	administrator := operator.settle(made, _admin_name, _admin_email, 'administrator', _admin_code_digest);
	management := operator.settle(made, _management_name, _management_email, 'management', _management_code_digest);
	return jsonb_build_object('organisation', made, 'administrator', administrator, 'management', management);
end
$$;
comment on function operator.init(text, text, text, bytea, text, text, bytea) is
	'Creates an organisation with its first administrator and its first person of management, who set their passwords '
	'with a code each.';

create or replace function operator.invite(_person text, _code_digest bytea) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	who app.person;
	made uuid;
begin
	perform auth.nobody();
	select p.* into who from app.person p where (lower(p.email) = lower(_person) or p.id::text = lower(_person))
		and p.disabled_at is null;
	if not found then
		perform app.refuse_not_found('person');
	end if;
	made := auth.ask_invitation(who.id, null, _code_digest);
	return (select jsonb_build_object('person', who.id, 'name', who.name, 'email', who.email, 'kind', i.kind,
		'expires_at', i.expires_at)
		from auth.shown_invitation(made) i);
end
$$;
comment on function operator.invite(text, bytea) is
	'A one-time code for a person, by id or e-mail address. It is an event, and the leads of their open audits are '
	'told.';

-- Shuts a person out, or lets them in again, in every organisation: a person's account is not one organisation's to
-- close.
create or replace function operator.disable(_person text, _disabled boolean default true) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	who app.person;
	known record;
	changed boolean;
	ended integer := 0;
begin
	perform auth.nobody();
	select p.* into who from app.person p where lower(p.email) = lower(_person)
		or p.id::text = lower(_person) for update;
	if not found then
		perform app.refuse_not_found('person');
	end if;
	changed := (who.disabled_at is not null) <> _disabled;
	if changed then
		update app.person p set disabled_at = case when _disabled then now() end where p.id = who.id
			returning p.* into who;
	end if;
	if _disabled then
		ended := auth.disable(who.id);
	end if;
	for known in select e.organisation from app.enrolment e where e.person = who.id and changed
		order by e.organisation loop
		perform ledger.record(case when _disabled then 'person.disabled' else 'person.enabled' end, who.id, null, '{}',
			array[who.id, app.role_token(known.organisation, 'administrator')], known.organisation);
		perform ledger.sync(known.organisation, who.id);
	end loop;
	return jsonb_build_object('person', who.id, 'name', who.name, 'email', who.email, 'disabled_at', who.disabled_at,
		'changed', changed, 'sessions_ended', ended,
		'organisations',
		array(select o.name from app.enrolment e join app.organisation o on o.id = e.organisation
		where e.person = who.id order by o.name));
end
$$;
comment on function operator.disable(text, boolean) is
	'Shuts a person out at once, open connections too, or lets them in again. It is an event in every organisation '
	'that knows them.';

-- What is only kept for a while, by the periods of app.retention. A piece of it, from a place on: small enough for any
-- limit of time. It answers how many went, and the place of the next piece; null: that was the last. A place with
-- "skip" leaves the rest of its step out.
create or replace function operator.sweep_piece(_place jsonb default null, _at_most integer default 1000) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	steps constant text[] := array['requests', 'tickets', 'exports', 'uploads', 'chunks', 'findings', 'delivery',
		'sessions', 'invitations', 'attempts'];
	kept constant jsonb := (select jsonb_object_agg(r.what, r.keep) from app.retention r);
	step constant text := coalesce(_place ->> 'step', steps[1]);
	-- what costs more is done in smaller pieces
	many constant integer :=
		greatest(1,
		(_at_most * case step when 'delivery' then 10 when 'findings' then 0.05 when 'uploads' then 0.01
		else 1 end)::integer);
	reach bigint := (_place ->> 'reach')::bigint;
	done bigint;
	stretch jsonb;
begin
	perform auth.nobody();
	case
		when (_place ->> 'skip')::boolean then
			done := 0;	-- what failed must not keep the others from being done
		when step = 'requests' then
			delete from app.request q
				where q.ctid =
				any (array(select x.ctid from app.request x where x.at < now() - (kept ->> 'request')::interval
				limit many for update skip locked));
			get diagnostics done = row_count;
		when step = 'tickets' then
			done := app.ticket_sweep(many);
		when step = 'exports' then
			done := app.export_sweep(many);
		when step = 'uploads' then
			done := app.upload_sweep((kept ->> 'upload')::interval, many);
		when step = 'chunks' then
			stretch := app.chunk_sweep(_place ->> 'after', many);
		when step = 'findings' then
			done := app.finding_sweep(many);
		when step = 'delivery' then
			reach := coalesce(reach, ledger.trim_reach((kept ->> 'delivery')::interval));
			stretch := ledger.trim(reach, _place ->> 'after', many);
		else
			done := auth.sweep(step, (kept ->> rtrim(step, 's'))::interval, many);
	end case;
	return jsonb_build_object('removed', jsonb_build_object(step, coalesce(done, (stretch ->> 'removed')::bigint)),
		'next', case
		when done >= many then jsonb_build_object('step', step)
		when stretch ->> 'after' is not null then jsonb_build_object('step', step, 'after', stretch -> 'after', 'reach',
			reach)
		when step <> steps[array_length(steps, 1)] then jsonb_build_object('step',
			steps[array_position(steps, step) + 1]) end);
end
$$;
comment on function operator.sweep_piece(jsonb, integer) is
	'A piece of the sweep: how many of what it removed or wrote, and the place of the next piece. The leading server '
	'goes through all of them every hour.';

-- All of it at once, by hand.
create or replace function operator.sweep() returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
	piece jsonb;
	what text;
	swept jsonb := '{}';
begin
	loop
		piece := operator.sweep_piece(piece -> 'next', 100000);
		what := (select k from jsonb_object_keys(piece -> 'removed') k);
		swept := swept
			|| jsonb_build_object(what, coalesce((swept ->> what)::bigint, 0) + (piece -> 'removed' ->> what)::bigint);
		exit when jsonb_typeof(piece -> 'next') = 'null';
	end loop;
	return swept;
end
$$;
comment on function operator.sweep() is
	'The sweep: removes what its retention period has passed and writes what came about by date; how many of each.';

grant execute on function operator.init(text, text, text, bytea, text, text, bytea), operator.invite(text, bytea),
	operator.disable(text, boolean), operator.check(), operator.sweep()
	to ninetwo_operator;
revoke execute on function operator.sweep() from ninetwo_feed;
grant execute on function operator.sweep_piece(jsonb, integer) to ninetwo_feed;
