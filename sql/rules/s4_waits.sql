-- S4 after the fact: what was arranged or countersigned by somebody who turns out to stand on a side of the audit
-- waits,
-- until its release, for one signature for all that they arranged in it. Derived from app.arrangement and from nothing
-- else, again at each change of scope, window, tree, party, affiliation or responsibility.

create or replace function app.deciders(_a app.arrangement) returns uuid[]
language sql immutable
begin atomic
	select case when (_a).settled_at is not null and cardinality((_a).settled_by) > 0 then (_a).settled_by
		when cardinality((_a).countersigned_by) > 0 then (_a).countersigned_by else array[(_a).maker] end;
end;
comment on function app.deciders(app.arrangement) is
	'On whose word an arrangement stands: who signed it last, or who made it.';

create or replace function app.waiting(_organisation uuid, _audits uuid[])
returns table (arrangement uuid, because text[]) language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select w.id, array_agg(distinct w.rule || ' ' || w.source order by w.rule || ' ' || w.source) from (
		select a.id, s.rule, s.source from app.audit u
		cross join lateral (select array_agg(distinct d.person) as persons from app.arrangement x
			cross join lateral unnest(app.deciders(x)) d (person)
			where x.organisation = u.organisation and x.audit = u.id) p
		cross join lateral app.on_side(u.organisation, p.persons, app.judged_functions(u.organisation, u.id, null),
			app.audit_window(u.organisation, u.id)) s
		join app.arrangement a on a.organisation = u.organisation and a.audit = u.id
			and s.person = any (app.deciders(a)) and a.settled_how is distinct from 'nobody_free'
		where u.organisation = _organisation and u.id = any (_audits) and u.released_at is null
			and u.ended_on is null) w
	group by w.id;
end
$$;
comment on function app.waiting(uuid, uuid[]) is
	'The arrangements of these audits, not yet released, that stand on the word of somebody on a side of it, and by '
	'which '
	'records. Where nobody of management was free that is disclosed, and nothing waits.';

create or replace function app.arrangements_again(_organisation uuid, _audits uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
	if coalesce(_audits, '{}') = '{}' then
		return;
	end if;
	perform app.touch(_organisation, '{}', '{}', '{}', _audits);
	update app.arrangement a set waits_since = case when w.arrangement is not null then coalesce(a.waits_since,
		now()) end,
		because = coalesce(w.because, '{}')
	from app.arrangement x left join app.waiting(_organisation, _audits) w on w.arrangement = x.id
	where x.organisation = _organisation and x.audit = any (_audits) and a.organisation = x.organisation and a.id = x.id
		and (a.waits_since is not null, a.because)
			is distinct from (w.arrangement is not null, coalesce(w.because, '{}'))
		and exists (select from app.audit u where u.organisation = a.organisation and u.id = a.audit
			and u.released_at is null and u.ended_on is null);
end
$$;
comment on function app.arrangements_again(uuid, uuid[]) is
	'What of these audits waits for a signature, derived anew (S4).';

create or replace function app.arranged_by(_organisation uuid, _persons uuid[]) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return array(select distinct c.object from app.claim c
		join app.audit u on u.organisation = c.organisation and u.id = c.object and u.released_at is null
			and u.ended_on is null
		where c.organisation = _organisation and c.rule = 'S4' and c.side = 'arranges' and c.subject = any (_persons)
		order by c.object);
end
$$;
comment on function app.arranged_by(uuid, uuid[]) is 'The audits, not yet released, that one of these people arranged.';

create or replace function app.open_audits(_organisation uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return array(select u.id from app.audit u where u.organisation = _organisation and u.released_at is null
		and u.ended_on is null order by u.id);
end
$$;
comment on function app.open_audits(uuid) is 'The audits that are neither released nor over.';

create or replace function app.derive_waiting() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
	changed constant jsonb := case tg_op when 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
	org constant uuid := changed ->> 'organisation';
begin
	perform app.arrangements_again(org, case tg_argv[0]
		when 'audit' then array[(changed ->> coalesce(tg_argv[1], 'audit'))::uuid]
		when 'person' then app.arranged_by(org, array[(changed ->> 'person')::uuid])
		else app.open_audits(org) end);
	return null;
end
$$;
comment on function app.derive_waiting() is
	'AFTER a change by which somebody may come to stand on a side: what waits, derived anew. Argument: which audits '
	'(audit, '
	'and the column that names it; person, those that this person arranged; all). After what is derived from the same '
	'change (names order triggers).';
create trigger waiting after insert on app.arrangement for each row execute function app.derive_waiting('audit');
create trigger waiting after insert or delete on app.part_function for each row
	execute function app.derive_waiting('audit');
create trigger waiting after update of starts_on, audited_from on app.audit for each row
	execute function app.derive_waiting('audit', 'id');
create trigger waiting after insert or update of from_date, until_date, counts_until on app.responsibility for each row
	execute function app.derive_waiting('person');
create trigger waiting after insert or update of from_date, until_date, counts_until on app.affiliation for each row
	execute function app.derive_waiting('person');
create trigger waiting after insert or update of from_date, until_date, counts_until on app.operation for each row
	execute function app.derive_waiting('all');
create trigger waiting after update of in_group, affiliates on app.party for each row
	execute function app.derive_waiting('all');
create trigger waiting after update of parent on app.function for each row when (old.parent is distinct from new.parent)
	execute function app.derive_waiting('all');
create trigger waiting after insert on app.succession for each row execute function app.derive_waiting('all');

create or replace function app.check_waiting() returns setof text
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select format('arrangement %s in organisation %s %s', a.id, a.organisation,
		case when w.arrangement is null then 'waits, and nothing stands against it' else 'should wait' end)
	from app.organisation o
	cross join lateral unnest(app.open_audits(o.id)) u (id)
	join app.arrangement a on a.organisation = o.id and a.audit = u.id
	left join app.waiting(o.id, array[u.id]) w on w.arrangement = a.id
	where (a.waits_since is not null) <> (w.arrangement is not null);
end
$$;
comment on function app.check_waiting() is
	'Derives what waits under S4 anew, and tells where what is stored differs.';

-- Who arranged what waits, each once.
create or replace function app.waits_for(_organisation uuid, _audit uuid) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select distinct d.person from app.arrangement a cross join lateral unnest(app.deciders(a)) d (person)
	where a.organisation = _organisation and a.audit = _audit and a.waits_since is not null
		and exists (select from app.on_side(_organisation, array[d.person],
			app.judged_functions(_organisation, _audit, null), app.audit_window(_organisation, _audit)));
end
$$;
comment on function app.waits_for(uuid, uuid) is
	'Whose arrangements of an audit wait for a signature: they stand on a side of it (S4).';

create or replace function app.waits_refusal(_organisation uuid, _audit uuid, _say text) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
begin
	return app.no_list('S4', _say, 'persons', array(select to_jsonb(w) from app.waits_for(_organisation, _audit) w
		order by app.person_name(_organisation, w)), 'audit.countersign');
end
$$;
comment on function app.waits_refusal(uuid, uuid, text) is
	'What stands between an audit and its next step: arrangements that wait for a signature; or null.';

create or replace function app.free_signers(_audit uuid, _person uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return array(select distinct m.person from app.membership m where m.organisation = app.org()
		and m.role = 'management' and m.held @> app.today() and m.person <> _person
		and not exists (select from app.side_reasons(app.org(), m.person,
			app.judged_functions(app.org(), _audit, null), _audit)));
end
$$;
comment on function app.free_signers(uuid, uuid) is
	'Who of management is neither this person nor on a side of the audit.';

create or replace function app.countersign_refusal(_audit uuid, _person uuid) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
declare
	data constant jsonb := jsonb_build_object('person', app.me(), 'audit', _audit);
	met app.reason;
begin
	if _person = app.me() then
		return app.no('S4', 's4.decides_own', '{}', data);
	end if;
	select r.* into met from app.side_reasons(app.org(), app.me(), app.judged_functions(app.org(), _audit, null),
		_audit) r
	limit 1;
	if found and app.free_signers(_audit, _person) <> '{}' then
		return app.no('S4', 's4.signer', jsonb_build_object('reason', met.data -> 'say'), met.data);
	elsif exists (select from app.arrangement a where a.organisation = app.org() and a.audit = _audit
			and a.waits_since is not null and a.settled_at is null and app.me() = any (a.settled_by)
			and _person = any (app.deciders(a))) then
		return app.no('S4', 's4.second', '{}', data);
	end if;
	return null;
end
$$;
comment on function app.countersign_refusal(uuid, uuid) is
	'What stands against the caller''s signing all that a person arranged in an audit (S4).';

create or replace function app.nothing_waits_refusal(_audit uuid, _person uuid) returns app.refusal
language plpgsql stable security definer set search_path = '' as $$
begin
	if exists (select from app.waits_for(app.org(), _audit) w where w = coalesce(_person, w)) then
		return null;
	end if;
	return app.no('waits', 's4.nothing_waits', '{}', jsonb_build_object('audit', _audit));
end
$$;
comment on function app.nothing_waits_refusal(uuid, uuid) is
	'Nothing that a person (null: anybody) arranged in an audit waits for a signature; or null.';

create or replace function app.settle(_audit uuid, _person uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
	free constant boolean := app.me() = any (app.free_signers(_audit, _person));
	alone constant boolean := (select count(distinct m.person) < 2 from app.membership m
		where m.organisation = app.org()
		and m.role = 'management' and m.held @> app.today() and m.person <> _person);
begin
	update app.arrangement a set settled_by = x.signed, settled_at = case when x.done then now() end,
		settled_how = case when free then 'countersigned' when x.done then 'nobody_free' end
	from app.arrangement y
	cross join lateral (select case when free or y.settled_at is not null then '{}' else y.settled_by end as before) z
	cross join lateral (select z.before || app.me() as signed, free or alone or z.before <> '{}' as done) x
	where y.organisation = app.org() and y.audit = _audit and y.waits_since is not null
		and _person = any (app.deciders(y)) and a.organisation = y.organisation and a.id = y.id;
	perform app.arrangements_again(app.org(), array[_audit]);
end
$$;
comment on function app.settle(uuid, uuid) is
	'The caller''s signature under all that a person arranged in an audit and that waits. Where nobody of management '
	'is '
	'free two of them sign (one, where there is but one), and that is disclosed.';

create or replace function method.audit_countersign(_audit app.audit, _person uuid) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.settle(_audit.id, _person);
end
$$;
comment on function method.audit_countersign is '{
	"doc": "Signs all that a person arranged in an audit and that waits, because it came to light that they stand on '
		'a side '
		'of it (S4). By somebody of management who does not, and is not that person; where nobody of management is '
		'free '
		'two of them sign, and the report discloses it. Until then the audit is neither prepared nor released.",
	"roles": ["management"], "access": "write", "result": "audit", "version": true,
	"line": "app.lock_team(_r.id, array[_person])",
	"whom": "app.refuse_all(app.obstacles(app.countersign_refusal(_r.id, _person)))",
	"audit": ["planned", "prepared", "fieldwork", "reporting"],
	"needs": "app.obstacles(app.nothing_waits_refusal(_r.id, _person))",
	"acts": "arranges",
	"params": {
		"id": {"doc": "The audit."},
		"version": {"doc": "The version that was read."},
		"person": {"doc": "Who arranged it."}}}';
