-- What the house costs: each call beside one plain statement of whoever owns the tables, in the same connection, warm.
-- Plain is what one would write by hand, no policy, no check: the same columns with their names joined, as
-- json_agg(row); for the write one function with the same rows, event, claims and kept answer, triggers off. On the
-- register of register.sql, as the superuser. Prints a line for each: what, microseconds by the call, by the plain one.
\set ON_ERROR_STOP on
set client_min_messages = warning;
set jit = off;	-- as the login roles have it
set synchronous_commit = off;
set search_path = bench, pg_catalog;

create or replace view plain_finding as
	select f.organisation, f.id, f.version, f.reference, f.audit, f.part, f.title, f.state, f.grade, f.criteria,
		f.functions, f.addressed, n.name as addressed_name, f.condition, f.effect,
		(select coalesce(json_agg(json_build_object('evidence', e.id, 'title', e.title, 'kind', e.kind, 'supplied_by',
				e.supplied_by) order by t.created_at, t.id), '[]')
			from app.attachment t join app.evidence e on e.organisation = t.organisation and e.id = t.evidence
			where t.organisation = f.organisation and t.subject = f.id) as evidence,
		f.from_check, f.computed_grade, f.answers, f.grade_reason, f.graded_by, f.repeats, f.raised_by,
		f.review_needed, f.reviewed_by, f.impaired_at, f.impaired_person, f.shared_at, f.share_skipped, f.issued_at,
		f.issued_on, f.issued_by, f.acknowledge_by, f.acknowledged_at, f.acknowledged_by, f.dispute_by, f.contained_at,
		f.containment_due, f.plan_due, f.implementation_due, f.first_due, f.next_due, f.rounds, f.verifier,
		v.name as verifier_name, f.decider, f.signer, f.owners, f.answer_reason, f.withdraw_reason, f.ended_at,
		exists (select from app.grading g where g.organisation = f.organisation and g.finding = f.id
			and g.state = 'pending') as signature_waits, f.created_at, f.updated_at
	from app.finding f
	left join app.function n on n.organisation = f.organisation and n.id = f.addressed
	left join app.enrolment v on v.organisation = f.organisation and v.person = f.verifier;
create or replace view plain_audit as
	select a.organisation, a.id, a.reference, a.kind, a.title, a.objective, a.scope, a.criteria, a.state, a.starts_on,
		a.ends_on, a.audited_from, a.window_from, a.cooling_off_months, a.sites, a.methods, a.timetable,
		a.opening_meeting, a.closing_meeting, a.obstacles, a.conclusion, a.recipient, r.name as recipient_name,
		l.person as lead, w.name as lead_name,
		(select coalesce(json_agg(json_build_object('id', p.id, 'title', p.title, 'functions', (
				select coalesce(json_agg(json_build_object('id', n.id, 'name', n.name) order by n.name), '[]')
				from app.part_function pf join app.function n on n.organisation = pf.organisation
					and n.id = pf.function where pf.organisation = a.organisation and pf.part = p.id))
				order by p.ordinal), '[]')
			from app.part p where p.organisation = a.organisation and p.audit = a.id) as parts,
		(select coalesce(json_agg(json_build_object('id', q.id, 'ref', q.ref, 'title', q.title)
				order by q.framework, q.ordinal), '[]')
			from app.audit_requirement ar join app.requirement q on q.id = ar.requirement
			where ar.organisation = a.organisation and ar.audit = a.id) as requirements,
		a.plan_sent_at, a.prepared_at, a.fieldwork_at, a.reporting_at, a.released_at, a.closed_at, a.cancelled_at,
		a.cancel_reason, a.revision_due, a.created_by, c.name as created_by_name, a.version, a.created_at, a.updated_at
	from app.audit a
	left join app.assignment l on l.organisation = a.organisation and l.audit = a.id and l.role = 'lead'
		and l.ended_on is null
	left join app.enrolment w on w.organisation = l.organisation and w.person = l.person
	left join app.enrolment r on r.organisation = a.organisation and r.person = a.recipient
	left join app.enrolment c on c.organisation = a.organisation and c.person = a.created_by;
create or replace view plain_function as
	select f.organisation, f.id, f.reference, f.name, f.description, f.parent, p.name as parent_name,
		o.person as owner, w.name as owner_name, f.answerable, a.name as answerable_name, o.person is null as gap,
		(select n.party from app.operation n where n.organisation = f.organisation and n.function = f.id
			and n.held @> current_date order by n.from_date desc limit 1) as operating_party,
		f.version, f.created_at, f.updated_at
	from app.function f
	left join lateral (select r.person from app.responsibility r where r.organisation = f.organisation
		and r.function = f.id and r.kind = 'owns' and r.acting_for is null and r.held @> current_date limit 1) o on true
	left join app.function p on p.organisation = f.organisation and p.id = f.parent
	left join app.enrolment w on w.organisation = f.organisation and w.person = o.person
	left join app.enrolment a on a.organisation = f.organisation and a.person = f.answerable;

create or replace function plain_get_finding(_org uuid, _id uuid) returns text language sql stable
begin atomic
	select json_agg(x)::text from bench.plain_finding x where x.organisation = _org and x.id = _id;
end;
create or replace function plain_draft(_org uuid, _person uuid, _part uuid, _request uuid, _title text,
	_condition text, _requirements uuid[], _functions uuid[]) returns text language plpgsql as $$
declare
	made constant uuid := app.uuid7();
	p app.part;
	f app.finding;
	event constant bigint := nextval('ledger.event_id');
	answer text;
begin
	select * into p from app.part x where x.organisation = _org and x.id = _part;
	update app.audit a set touched = a.touched + 1 where a.organisation = _org and a.id = p.audit;
	insert into app.finding (organisation, id, audit, part, number, reference, title, requirements, criteria,
		functions, addressed, condition, raised_by, created_by, readers)
	select _org, made, p.audit, p.id, n.number, format('%s-F-%s', a.reference, n.number), _title, _requirements,
		(select coalesce(jsonb_agg(jsonb_build_object('requirement', q.id, 'framework', w.name, 'edition', w.edition,
				'ref', q.ref, 'title', q.title)), '[]')
			from app.requirement q join app.framework w on w.id = q.framework where q.id = any (_requirements)),
		_functions, _functions[1], _condition, _person, _person, array[p.id]
	from app.audit a cross join lateral (
		select 1 + coalesce(max(y.number), 0) from app.finding y where y.organisation = _org and y.audit = p.audit)
		n (number)
	where a.organisation = _org and a.id = p.audit
	returning * into f;
	insert into app.finding_cell (organisation, finding, requirement, function, addressed)
	select _org, made, r, n, n = _functions[1] from unnest(_requirements) r, unnest(_functions) n;
	insert into app.claim (organisation, rule, subject, object, side, period, source)
	values (_org, 'S5', _person, made, 'judges', daterange(null, null), made);
	insert into app.act (organisation, person, side, on_day, method, noun, subject, audit, part, finding, functions,
		object)
	values (_org, _person, 'judge', current_date, 'finding.draft', 'finding', made, p.audit, p.id, made, _functions,
		made);
	insert into ledger.event (id, organisation, actor, kind, subject, version, tokens, salt, content)
	values (event, _org, _person, 'finding.created', made, 1, array[p.id],
		uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()), convert_to(to_jsonb(f)::text, 'UTF8'));
	insert into ledger.pending values (event);
	answer := bench.plain_get_finding(_org, made);
	insert into app.request (person, id, method, digest, reply)
	values (_person, _request, 'finding.draft', sha256(convert_to(_title, 'UTF8')), answer::jsonb);
	return answer;
end
$$;

-- Nanoseconds of processor that this connection has used.
create or replace function cpu() returns bigint language plpgsql as $$
begin
	return split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::bigint;
end
$$;
drop table if exists measured;
create temp table measured (n serial, what text, side int, calls int, used bigint);

-- Each pair in turns, so that what else the machine does weighs on both.
create or replace procedure beside(_what text, _rounds int, _calls int) language plpgsql as $$
declare
	org constant uuid := bench.uuid('organisation', 0);
	l bench.lead;
	begun bigint;
	requirement constant uuid := (select r.id from bench.requirement r where r.k = 0);
	later constant uuid := bench.uuid('finding', 50);
begin
	for round in 0.._rounds loop	-- the first is to warm up
		for side in 1..2 loop
			if side = 2 and _what = 'draft' then set session_replication_role = replica; end if;
			begun := bench.cpu();
			for turn in 1.._calls loop
				select * into l from bench.lead x where x.i = turn % 64;
				case _what || side
				when 'finding1' then
					perform api.finding_get(l.secret, org, bench.uuid('finding', l.i * 100 + 50))::text;
				when 'finding2' then
					perform (select json_agg(x)::text from bench.plain_finding x
						where x.organisation = org and x.id = bench.uuid('finding', l.i * 100 + 50));
				when 'audit1' then
					perform api.audit_get(l.secret, org, l.audit)::text;
				when 'audit2' then
					perform (select json_agg(x)::text from bench.plain_audit x
						where x.organisation = org and x.id = l.audit);
				when 'function1' then
					perform api.function_get(l.secret, org, bench.uuid('function', l.i))::text;
				when 'function2' then
					perform (select json_agg(x)::text from bench.plain_function x
						where x.organisation = org and x.id = bench.uuid('function', l.i));
				when 'findings1' then
					perform api.finding_list(l.secret, org, "limit" => 20)::text;
				when 'findings2' then
					perform (select json_agg(x)::text from (select * from bench.plain_finding y
						where y.organisation = org and y.audit = l.audit order by y.reference, y.id limit 20) x);
				when 'audits1' then
					perform api.audit_list(l.secret, org, "limit" => 20)::text;
				when 'audits2' then
					perform (select json_agg(x)::text from (select * from bench.plain_audit y
						where y.organisation = org and y.id = l.audit order by y.reference, y.id limit 20) x);
				when 'functions1' then
					perform api.function_list(l.secret, org, "limit" => 20)::text;
				when 'functions2' then
					perform (select json_agg(x)::text from (select * from bench.plain_function y
						where y.organisation = org order by y.reference, y.id limit 20) x);
				when 'draft1' then
					perform api.finding_draft(l.secret, org, gen_random_uuid(), part => l.part,
						title => 'Restores are not tested', condition => 'No restore test was made in the period.',
						requirements => array[requirement], functions => array[bench.uuid('function', l.i)])::text;
				when 'draft2' then
					perform bench.plain_draft(org, l.person, l.part, gen_random_uuid(), 'Restores are not tested',
						'No restore test was made in the period.', array[requirement],
						array[bench.uuid('function', l.i)])::text;
				end case;
				if _what = 'draft' then commit; end if;
			end loop;
			if round > 0 then
				insert into measured (what, side, calls, used) values (_what, side, _calls, bench.cpu() - begun);
			end if;
			set session_replication_role = origin;
		end loop;
		commit;
	end loop;
end
$$;
\set rounds 5
call beside('finding', :rounds, 1000);
call beside('audit', :rounds, 500);
call beside('function', :rounds, 1000);
call beside('findings', :rounds, 150);
call beside('audits', :rounds, 300);
call beside('functions', :rounds, 150);
call beside('draft', :rounds, 300);
select m.what, round(sum(m.used) filter (where m.side = 1) / 1000.0 / sum(m.calls) filter (where m.side = 1)) as call,
	round(sum(m.used) filter (where m.side = 2) / 1000.0 / sum(m.calls) filter (where m.side = 2), 1) as plain
from measured m group by m.what order by min(m.n);
