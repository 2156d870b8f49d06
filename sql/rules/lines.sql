-- Lines: which rows a write updates first, and in which order, so that what is judged together stands in one line.
-- Rules and words: docs/separation.md. Everything here runs as ninetwo_owner, in the transaction of the write it
-- judges.

-- The line in which writes below an audit stand.
create or replace function app.lock_audit(_audit uuid) returns app.audit
language plpgsql security definer set search_path = '' as $$
declare a app.audit;
begin
	update app.audit set touched = app.audit.touched + 1 where app.audit.organisation = app.org()
		and app.audit.id = _audit returning * into a;
	perform app.forget();
	if a.id is null then perform app.refuse_not_found('audit'); end if;
	return a;
end
$$;
comment on function app.lock_audit(uuid) is
	'Puts the caller in line for writing below an audit; returns the audit. Call it after reading the audit as the '
	'caller.';

-- The line in which writes below a finding stand: its audit first, then itself.
create or replace function app.lock_finding(_finding uuid) returns app.finding
language plpgsql security definer set search_path = '' as $$
declare f app.finding;
begin
	select * into f from app.finding where app.finding.organisation = app.org() and app.finding.id = _finding;
	if f.id is null then perform app.refuse_not_found('finding'); end if;
	perform app.lock_audit(f.audit);
	update app.finding set touched = app.finding.touched + 1
	where app.finding.organisation = app.org() and app.finding.id = _finding returning * into f;
	perform app.forget();
	return f;
end
$$;
comment on function app.lock_finding(uuid) is
	'Puts the caller in line for writing below a finding; returns it. Call it after reading the finding as the caller.';

create or replace function app.touch(_organisation uuid, _parties uuid[], _persons uuid[], _functions uuid[],
	_audits uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
	-- An update, not a lock: at REPEATABLE READ a lock alone lets a stale snapshot pass.
	update app.party p set touched = p.touched + 1
		from (select x.id from app.party x where x.organisation = _organisation and x.id = any (_parties)
		order by x.id for no key update) o
		where p.organisation = _organisation and p.id = o.id;
	update app.enrolment p set touched = p.touched + 1
		from (select x.person from app.enrolment x where x.organisation = _organisation and x.person = any (_persons)
		order by x.person for no key update) o
		where p.organisation = _organisation and p.person = o.person;
	update app.function p set touched = p.touched + 1
		from (select x.id from app.function x where x.organisation = _organisation and x.id = any (_functions)
		order by x.id for no key update) o
		where p.organisation = _organisation and p.id = o.id;
	update app.audit p set touched = p.touched + 1
		from (select x.id from app.audit x where x.organisation = _organisation and x.id = any (_audits)
		order by x.id for no key update) o
		where p.organisation = _organisation and p.id = o.id;
	perform app.forget();
end
$$;
comment on function app.touch(uuid, uuid[], uuid[], uuid[], uuid[]) is
	'Updates the rows that a derivation hangs on, always in the order party, person, function, audit, so that '
	'concurrent writes stand in a line.';

create or replace function app.lock_team(_audit uuid, _persons uuid[]) returns app.audit
language plpgsql security definer set search_path = '' as $$
declare a app.audit;
begin
	perform app.touch(app.org(), '{}', _persons || app.me() || app.maker() || app.signers(),
		(select array_agg(f.function) from app.function_with_subs(app.org(),
		array(select pf.function from app.part_function pf where pf.organisation = app.org() and pf.audit = _audit)) f),
			array[_audit]);
	select * into a from app.audit x where x.organisation = app.org() and x.id = _audit;
	return a;
end
$$;
comment on function app.lock_team(uuid, uuid[]) is
	'Into the line of everything that S4 is judged by: the caller, the people concerned, the functions in scope, the '
	'audit. Judge after it, never before.';
