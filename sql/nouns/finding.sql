-- Findings: drafted and graded by the team of their part, shared for accuracy, issued, acknowledged, disputed,
-- withdrawn. The rest of a finding's life is in nouns/response.sql, action.sql, extension.sql and verification.sql.
--
-- Which state follows which: rules/states.sql.

-- Who may read it, and the date that runs now.
create or replace function app.derive_finding() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	new.readers := array[new.part]
		|| case when new.shared_at is not null or new.issued_at is not null then new.functions else '{}' end
		|| case when new.issued_at is not null
			then app.roles_audience(new.organisation) || new.audit || new.owners
				|| array_remove(array[new.verifier, new.decider, new.signer], null) else '{}' end;
	new.next_due := case
		when new.state in ('issued', 'acknowledged')
			then least(case when new.contained_at is null then new.containment_due end, new.plan_due)
		when new.state = 'disputed' then case when new.contained_at is null then new.containment_due end
		when new.state in ('plan_returned', 'not_effective') then new.plan_due
		when new.state in ('planned', 'plan_accepted', 'implementation_returned') then new.implementation_due end;
	if new.state in ('closed', 'withdrawn', 'declined', 'done') and new.ended_at is null then
		new.ended_at := now();
	elsif new.state = 'acknowledged' then
		new.ended_at := null;
	end if;
	return new;
end
$$;

create or replace function app.derive_finding_cells() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	if tg_op = 'UPDATE' then
		delete from app.finding_cell c where c.organisation = new.organisation and c.finding = new.id
			and not (c.requirement = any (new.requirements) and c.function = any (new.functions));
		if not old.functions <@ new.functions then
			perform app.audit_claims_again(new.organisation, new.audit);
		end if;
	end if;
	insert into app.finding_cell (organisation, finding, requirement, function, addressed)
	select distinct new.organisation, new.id, r, f, f = new.addressed from unnest(new.requirements) r,
		unnest(new.functions) f
	on conflict on constraint finding_cell_pkey do update set addressed = excluded.addressed;
	return null;
end
$$;
create trigger derive before insert or update on app.finding for each row execute function app.derive_finding();
create trigger guard before update of state on app.finding for each row execute function app.guard_state('finding');
create trigger stamp before update on app.finding for each row execute function app.stamp();
create trigger cells after insert or update of requirements, functions, addressed on app.finding for each row
	execute function app.derive_finding_cells();
create trigger changed after insert or update on app.finding for each row execute function app.changed('finding');
create trigger changed after insert or update on app.remark for each row execute function app.changed('remark');

-- Unanswered, a finding counts as acknowledged after the days that the organisation set: by date, in every read; the
-- sweep writes it.
create or replace function app.finding_state_today(_state app.finding_state, _acknowledge_by date)
returns app.finding_state language sql stable parallel safe
return case when _state = 'issued' and _acknowledge_by < app.today() then 'acknowledged' else _state end;

create or replace function app.finding_of(_id uuid) returns app.finding
language plpgsql stable set search_path = '' as $$
declare
	f app.finding;
begin
	select * into f from app.finding x where x.organisation = app.org() and x.id = _id;
	return f;
end
$$;
comment on function app.finding_of(uuid) is
	'The finding that a record hangs on, as the caller reads it; empty where not.';

-- The place of who answers a finding: off its team (S5), responsible today for the function that it addresses.
create or replace function app.answerer_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
declare
	no constant app.refusal := app.off_team_refusal(_f.audit, app.me());
begin
	if _f.id is null then
		return app.no_record('finding');
	elsif no.code is not null then
		return no;
	elsif app.judged_by(_f.id, app.me()) then
		return app.no('S5', 's5.judged_finding', '{}', jsonb_build_object('person', app.me(), 'finding', _f.id));
	elsif not _f.addressed = any (app.my_functions()) then
		return app.no('place', 'place.answerer', '{}',
			jsonb_build_object('finding', _f.id, 'function', _f.addressed));
	end if;
	return null;
end
$$;
comment on function app.answerer_refusal(app.finding) is
	'What stands against the caller''s answering a finding; or null.';

-- The place of who judges what answers a finding.
create or replace function app.judging_refusal(_finding uuid) returns app.refusal
language plpgsql stable set search_path = '' as $$
declare
	f constant app.finding := app.finding_of(_finding);
begin
	if f.id is null then
		return app.no_record('finding');
	end if;
	return app.team_refusal(f.part, app.team_auditors(), 'S5');
end
$$;
comment on function app.judging_refusal(uuid) is
	'What stands against who judges the answer to a finding and is no lead or auditor of its part; or null.';

-- The clocks, by grade and by the days that the organisation set. Nothing runs for a strength.
create or replace function app.start_clocks(_f app.finding, _from_day date) returns app.finding
language plpgsql stable security definer set search_path = '' as $$
declare
	o app.organisation;
begin
	select * into o from app.organisation g where g.id = _f.organisation;
	_f.acknowledge_by := case when _f.grade <> 'strength' then _from_day + o.acknowledge_days end;
	_f.dispute_by := case when _f.grade <> 'strength' then _from_day + o.dispute_days end;
	_f.containment_due := case when _f.grade = 'major' then _from_day + o.containment_days end;
	_f.plan_due := case when _f.grade in ('major', 'minor') then _from_day + o.plan_days end;
	_f.implementation_due := case _f.grade when 'major' then _from_day + o.major_days
		when 'minor' then _from_day + o.minor_days end;
	_f.first_due := coalesce(_f.first_due, _f.implementation_due);
	return _f;
end
$$;

-- Ids that a list reaches in no other way: through an action, a verification or a decision of the caller's, or a
-- function of theirs that the finding is about without addressing it.
create or replace function app.my_other_findings() returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return array(
		select a.finding from app.action a where a.organisation = app.org() and a.owner = app.me()
		union select f.id from app.finding f where f.organisation = app.org() and f.verifier = app.me()
		union select f.id from app.finding f where f.organisation = app.org() and f.decider = app.me()
		union select f.id from app.finding f where f.organisation = app.org() and f.signer = app.me()
		union select c.finding from app.finding_cell c where c.organisation = app.org()
			and c.function = any ((select app.my_functions())::uuid[]) and not c.addressed);
end
$$;

-- By date: what nobody answered counts as acknowledged; a dispute that nobody could decide in time leaves the finding
-- standing (S11).
create or replace function app.finding_sweep(_at_most int default null) returns int
language plpgsql security definer set search_path = '' as $$
declare
	o record;
	n int;
	swept int := 0;
begin
	for o in select g.id, (now() at time zone g.timezone)::date as today from app.organisation g order by g.id loop
		perform set_config('ninetwo.organisation', o.id::text, true), set_config('ninetwo.today', o.today::text, true);
		update app.finding f set state = 'acknowledged', acknowledged_at = now()
		where f.organisation = o.id and f.state = 'issued' and f.acknowledge_by < o.today
			and f.id = any (array(select x.id from app.finding x
			where x.organisation = o.id and x.state = 'issued' and x.acknowledge_by < o.today limit _at_most - swept));
		get diagnostics n = row_count;
		swept := swept + n;
		update app.finding f set state = 'acknowledged', acknowledged_at = now(), paused_on = null,
			plan_due = f.plan_due + (o.today - f.paused_on),
				implementation_due = f.implementation_due + (o.today - f.paused_on)
		from app.dispute d where d.organisation = f.organisation and d.finding = f.id and d.state = 'open'
			and d.decide_by < o.today
			and f.organisation = o.id and f.state = 'disputed';
		update app.dispute d set state = 'stands' where d.organisation = o.id and d.state = 'open'
			and d.decide_by < o.today;
		get diagnostics n = row_count;
		swept := swept + n;
		exit when swept >= _at_most;
	end loop;
	return swept;
end
$$;
comment on function app.finding_sweep(int) is
	'Writes what has come about by date: acknowledged by silence (so many at most), disputes left standing. Called by '
	'operator.sweep_piece; how many.';
revoke execute on function app.finding_sweep(int) from ninetwo_api;

create view app.called_finding as select f.id, f.reference from app.finding f where f.organisation = app.org();
grant select on app.called_finding to ninetwo_api;

create view record.finding with (security_invoker = true) as
	select f.organisation, f.id, f.version, f.reference, f.audit, f.part, f.title,
		app.finding_state_today(f.state, f.acknowledge_by) as state,
		case when seen then f.grade end as grade,
		f.criteria, f.functions, f.addressed,
		f.condition, case when seen then f.effect end as effect,
		app.attached(f.organisation, f.id) as evidence,
		case when team then f.from_check end as from_check,
		case when seen then f.computed_grade end as computed_grade, case when seen then f.answers end as answers,
		case when seen then f.grade_reason end as grade_reason, case when seen then f.graded_by end as graded_by,
		case when seen then f.repeats end as repeats, f.raised_by,
		case when team then f.review_needed end as review_needed, case when seen then f.reviewed_by end as reviewed_by,
		case when seen then f.impaired_at end as impaired_at,
		case when seen then f.impaired_person end as impaired_person,
		case when team then (f.review_needed or f.impaired_at is not null) and f.reviewed_by is null end as review_open,
		f.shared_at, case when seen then f.share_skipped end as share_skipped, f.issued_at, f.issued_on, f.issued_by,
		f.acknowledge_by, f.acknowledged_at, f.acknowledged_by, f.dispute_by, f.contained_at,
		f.containment_due, f.plan_due, f.implementation_due, f.first_due, f.next_due,
		coalesce(f.next_due < (select app.today()), false) as overdue,
		f.rounds, f.verifier, f.decider, f.signer,
		f.owners,
		f.answer_reason, f.withdraw_reason, f.ended_at,
		case when seen then app.signature_waits(f.organisation, f.id) end as signature_waits,
		f.created_at, f.updated_at
	from app.finding f
	cross join lateral (select t.team, f.issued_at is not null or t.team as seen
		from (select f.part = any ((select app.my_parts())::uuid[]) as team offset 0) t offset 0) s;
comment on view record.finding is '{
	"doc": "What an audit found. While it is shared for accuracy, its auditee sees condition and evidence, not '
		'the grade.",
	"get": "One finding, as far as you may see it.",
	"list": "The findings that you may see.",
	"sorts": "reference=sort_key, next_due, issued_on, grade=issued_grade",
	"walks": "reference, audit, function",
	"q": "reference, title, condition",
	"by": "state, grade, part, addressed, audit, verifier",
	"all_for": "app.reads_audits()",
	"branches": {
		"audit": "app.my_audits()",
		"addressed": "app.my_functions()",
		"id": "app.my_other_findings()",
		"all": "w.issued_at is not null"},
	"columns": {
		"state": "app.finding_state_today(w.state, w.acknowledge_by)",
		"grade": "case when (w.issued_at is not null or w.part = any ((select app.my_parts())::uuid[])) then '
			'w.grade end",
		"overdue": "coalesce(w.next_due < (select app.today()), false)",
		"review_open": "case when w.part = any ((select app.my_parts())::uuid[]) then (w.review_needed or '
			'w.impaired_at is not null) and w.reviewed_by is null end"},
	"also": {
		"register": {
			"doc": "The register of nonconformities: every issued finding of grade major or minor that you may '
				'see.",
			"where": "w.issued_on is not null and w.grade in (''major'', ''minor'')"}},
	"filters": {
		"reference": "With one of these references.",
		"audit": "Of this audit.",
		"part": "Of this part.",
		"function": {"doc": "Those that this function answers.", "column": "addressed"},
		"requirement": {
			"doc": "Citing one of these requirements.",
			"type": "uuid[]",
			"where": "w.requirements && _requirement"},
		"state": "In one of these states.",
		"grade": "Of one of these grades.",
		"raised_by": "Raised by this person.",
		"verifier": "That this person is named to verify.",
		"owner": {"doc": "With an action that this person owns or owned.", "column": "owners"},
		"party": {
			"doc": "Answered by a function that this party operates today.",
			"type": "uuid[]",
			"where": "exists (select from app.operation o where o.organisation = w.organisation and o.function '
				'= w.addressed and o.held @> (select app.today()) and o.party = any (_party))"},
		"repeat": {
			"doc": "With one before it on the same requirement and function, or without.",
			"is": "case when (w.issued_at is not null or w.part = any ((select app.my_parts())::uuid[])) then '
				'w.repeats <> ''{}'' end"},
		"open": {
			"doc": "Open, or ended.",
			"is": "w.state not in (''closed'', ''withdrawn'', ''accepted'', ''declined'', ''done'')"},
		"mine": {
			"doc": "That you raised, verify, decide, sign, or have an action of, or the others.",
			"is": "coalesce((select app.me()) = any (w.owners || w.raised_by || w.verifier || w.decider '
				'|| w.signer), false)"},
		"overdue": "Whose running date has passed, or has not.",
		"review_open": "Those that wait for a review, or those that do not; told to their team.",
		"issued_from": {"doc": "Issued on this day or later.", "column": "issued_on", "compare": ">="},
		"issued_until": {"doc": "Issued on this day or before.", "column": "issued_on", "compare": "<="}}}';
comment on column record.finding.reference is '!As IA-2026-01-F-03.';
comment on column record.finding.audit is '!The audit.';
comment on column record.finding.part is '!The part whose team raised it.';
comment on column record.finding.title is '!What it is about, in a few words.';
comment on column record.finding.state is
	'!Where it stands. Issued and unanswered, it counts as acknowledged after the days set.';
comment on column record.finding.grade is
	'major or minor nonconformity, observation, opportunity for improvement, strength; hidden from the auditee until '
	'it is issued.';
comment on column record.finding.criteria is '{
	"doc": "The requirements that it cites, as they read when they were cited.",
	"not_null": true,
	"schema": {
		"type": "array",
		"items": {
			"type": "object", "required": ["requirement", "framework", "edition", "ref", "title"],
			"additionalProperties": false,
			"properties": {
				"requirement": "uuid", "framework": "text", "edition": "text", "ref": "text", "title": "text"}}}}';
comment on column record.finding.functions is '!The functions of the scope that it is about.';
comment on column record.finding.addressed is '!The one whose people answer.';
comment on column record.finding.condition is '!What was found.';
comment on column record.finding.effect is 'What follows from it.';
comment on column record.finding.evidence is
	'{"doc": "What it rests on.", "not_null": true, "schema": "attached"}';
comment on column record.finding.from_check is 'The check that it was raised from; shown to the team alone.';
comment on column record.finding.computed_grade is 'What the grading aid computed.';
comment on column record.finding.answers is 'The answers to the grading aid''s questions.';
comment on column record.finding.grade_reason is 'Why the grade differs from the computed one, or was changed.';
comment on column record.finding.graded_by is 'Who graded it last.';
comment on column record.finding.repeats is
	'{"doc": "Nonconformities of the three years before, of other audits, on the same requirement and function.", '
	'"of": "finding"}';
comment on column record.finding.raised_by is '!Who raised it.';
comment on column record.finding.review_needed is
	'Raised by a trainee or technical expert: an auditor reviews it before it is shared or issued (S12).';
comment on column record.finding.reviewed_by is 'Who reviewed it.';
comment on column record.finding.impaired_at is
	'When it became known that it was raised or graded under a conflict (S9).';
comment on column record.finding.impaired_person is '{"doc": "By whom.", "of": "person"}';
comment on column record.finding.review_open is 'A review is needed and not given yet.';
comment on column record.finding.shared_at is 'When it was shared for accuracy.';
comment on column record.finding.share_skipped is 'Why it was not.';
comment on column record.finding.issued_at is 'When it was issued.';
comment on column record.finding.issued_on is 'On which day.';
comment on column record.finding.issued_by is 'By whom.';
comment on column record.finding.acknowledge_by is 'Unanswered after this day, it counts as acknowledged.';
comment on column record.finding.acknowledged_at is 'When it was acknowledged.';
comment on column record.finding.acknowledged_by is 'By whom; null where by silence.';
comment on column record.finding.dispute_by is 'Until when it may be disputed.';
comment on column record.finding.contained_at is 'When containment was recorded.';
comment on column record.finding.containment_due is 'By when its harm is contained.';
comment on column record.finding.plan_due is 'By when the plan is there.';
comment on column record.finding.implementation_due is 'By when the actions are done.';
comment on column record.finding.first_due is 'The first due date of implementation; no extension hides it.';
comment on column record.finding.next_due is 'The date that runs now.';
comment on column record.finding.overdue is '!That date has passed.';
comment on column record.finding.rounds is '!How many times its actions were found not effective.';
comment on column record.finding.verifier is 'Who is named to verify it.';
comment on column record.finding.decider is 'Who off the team is named to decide its dispute (S11).';
comment on column record.finding.signer is
	'Who off the team is named to sign a decision on it (S6); until it is signed.';
comment on column record.finding.owners is
	'{"doc": "Who owns or ever owned one of its actions.", "not_null": true, "of": "person"}';
comment on column record.finding.answer_reason is 'Why an observation or opportunity was declined, or what was done.';
comment on column record.finding.withdraw_reason is 'Why it was withdrawn.';
comment on column record.finding.ended_at is 'When it was closed, withdrawn, declined or done.';
comment on column record.finding.signature_waits is
	'A lower grade or a withdrawal is decided and waits for a second signature (S6).';
comment on column record.finding.created_at is '!When it was drafted.';
comment on column record.finding.updated_at is '!When it last changed.';

create or replace function app.remark_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if app.team_role(_f.part) is not null or _f.functions && app.my_functions()
		or (app.i_have('management') and _f.state = 'disputed') then
		return null;
	end if;
	return app.no('place', 'place.remark', '{}', jsonb_build_object('finding', _f.id));
end
$$;

create or replace function method.finding_remark(_finding app.finding, _text app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	insert into app.remark (organisation, finding, text, at_state)
		values (app.org(), _finding.id, _text, _finding.state);
end
$$;
comment on function method.finding_remark is '{
	"doc": "Remark on a finding''s accuracy while it is shared, or on its dispute. A remark is never changed.",
	"roles": ["auditor", "auditee", "management"], "access": "write", "result": "finding",
	"params": {"id": {"doc": "The finding."}, "text": {"doc": "What you say."}},
	"place": "app.remark_refusal(_r)"}';

create or replace function method.finding_remarks(_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform method.finding_get(_id);
	return (
		select coalesce(
		jsonb_agg(jsonb_build_object('id', r.id, 'person', r.person, 'name', app.person_name(r.organisation, r.person),
			'text', r.text, 'at_state', r.at_state, 'at', r.created_at) order by r.created_at, r.id), '[]')
		from app.remark r where r.organisation = app.org() and r.finding = _id);
end
$$;
comment on function method.finding_remarks is '{
	"doc": "The remarks on a finding, in order.",
	"roles": ["member"], "access": "read",
	"result": {
		"type": "array",
		"items": {
			"type": "object",
			"properties": {
				"id": {"type": "string", "format": "uuid"}, "person": {"type": "string", "format": "uuid"},
				"name": {"type": ["string", "null"]}, "text": {"type": "string"}, "at_state": {"type": "string"},
				"at": {"type": "string", "format": "date-time"}},
			"additionalProperties": false}},
	"params": {"id": {"doc": "The finding."}}}';
