-- Evidence requests: an auditor asks, whoever is responsible for the function supplies, an auditor of the part accepts
-- what others supplied.
-- (The table is app.evidence_request; app.request holds answers kept for a request_id.)

create trigger guard before update of state on app.evidence_request for each row
	execute function app.guard_state('request');
create trigger stamp before update on app.evidence_request for each row execute function app.stamp();
create trigger changed after insert or update on app.evidence_request for each row
	execute function app.changed('request');

-- The place of who answers a request: responsible today for the function that it asks about.
create or replace function app.request_answerer_refusal(_request app.evidence_request) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when not _request.function = any (app.my_functions())
		then app.no('place', 'place.request_answerer', '{}', jsonb_build_object('function', _request.function)) end;
end
$$;

-- Attaches evidence that the caller may see and whose bytes are there.
create or replace function app.attach_all(_evidence uuid[], _noun app.attachment_noun, _subject uuid, _audit uuid,
	_part uuid, _function uuid, _finding uuid) returns void
language plpgsql set search_path = '' as $$
declare
	e uuid;
	state text;
begin
	foreach e in array coalesce(_evidence, '{}') loop
		select v.state into state from app.evidence v where v.organisation = app.org() and v.id = e;
		if not found then
			perform app.refuse_not_found('evidence');
		elsif state <> 'stored' then
			perform app.refuse(app.no('uploading', 'evidence.uploading', '{}', jsonb_build_object('evidence', e)));
		end if;
		insert into app.attachment (organisation, evidence, noun, subject, audit, part, function, finding)
		values (app.org(), e, _noun, _subject, _audit, _part, _function, _finding)
		on conflict do nothing;
	end loop;
end
$$;

create view app.called_request as select r.id, r.reference from app.evidence_request r where r.organisation = app.org();
grant select on app.called_request to ninetwo_api;

create view record.request with (security_invoker = true) as
	select r.organisation, r.id, r.version, r.reference, r.audit, r.part, r.number, r.function,
		case when r.part = any ((select app.my_parts())::uuid[]) then r.from_check end as from_check,
		r.asked, r.due, r.state, r.due < app.today() and r.state in ('requested', 'returned') as overdue,
		r.raised_by, r.answer, r.submitted_by, r.submitted_at, r.reason, r.decided_by, r.decided_at,
		app.attached(r.organisation, r.id) as evidence,
		r.impaired_at, r.reviewed_by, r.reviewed_at, r.created_at, r.updated_at
	from app.evidence_request r;
comment on view record.request is '{
	"doc": "An evidence request: what an auditor asks for, and what was supplied.",
	"of": "evidence_request",
	"get": "One evidence request.",
	"list": "The evidence requests that you raised with your team or are to answer.",
	"sorts": "number, due",
	"walks": "reference, function, part, audit",
	"q": "reference, asked",
	"by": "state, function, part",
	"columns": {
		"overdue": "w.due < (select app.today()) and w.state in (''requested'', ''returned'')"},
	"filters": {
		"reference": "With one of these references.",
		"audit": "Of this audit.",
		"part": "Of this part.",
		"function": "About this function.",
		"state": "In one of these states.",
		"open": {"doc": "Still to be answered, or not.", "is": "w.state in (''requested'', ''returned'')"},
		"mine": {"doc": "Raised by you, or by others.", "is": "w.raised_by = (select app.me())"},
		"overdue": "Those that should have been supplied by now, or the others with a due date."}}';
comment on column record.request.reference is '!As IA-2026-01-R-07.';
comment on column record.request.audit is '!The audit.';
comment on column record.request.part is '!The part of the audit.';
comment on column record.request.number is '!Its number within the audit.';
comment on column record.request.function is '!The function whose people are asked.';
comment on column record.request.from_check is 'The check that it serves; shown to the team alone.';
comment on column record.request.asked is '!What is asked for.';
comment on column record.request.due is 'By when.';
comment on column record.request.state is '!requested, submitted, returned with a reason, accepted, or not applicable.';
comment on column record.request.overdue is 'Whether it should have been supplied by now; null without a due date.';
comment on column record.request.raised_by is '!Who asked.';
comment on column record.request.answer is 'What was said with the evidence.';
comment on column record.request.submitted_by is 'Who supplied it.';
comment on column record.request.submitted_at is 'When.';
comment on column record.request.reason is 'Why it was returned, or is not applicable.';
comment on column record.request.decided_by is 'Who accepted or returned it; never who supplied it (S5).';
comment on column record.request.decided_at is 'When.';
comment on column record.request.evidence is
	'{"doc": "What was supplied.", "not_null": true, "schema": "attached"}';
comment on column record.request.impaired_at is 'When it became known that it was accepted under a conflict (S9).';
comment on column record.request.reviewed_by is 'Who of the team reviewed that acceptance.';
comment on column record.request.reviewed_at is 'When.';
comment on column record.request.created_at is '!When it was raised.';
comment on column record.request.updated_at is '!When it last changed.';

create or replace function method.request_raise(_part app.part, _function uuid, _asked app.prose,
	_due app.day default null, _from_check uuid default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made constant uuid := app.uuid7();
	n int;
begin
	if _from_check is not null and not exists (select from app.check c where c.organisation = app.org()
			and c.id = _from_check and c.part = _part.id) then
		perform app.refuse_not_found('check');
	end if;
	perform app.require_scope(_part.audit, _part.id, array[_function], '{}');
	n := app.next_number('request', _part.audit);
	insert into app.evidence_request (organisation, id, audit, part, function, from_check, number, reference, asked,
		due, raised_by)
	values (app.org(), made, _part.audit, _part.id, _function, _from_check, n,
		app.reference_of(app.audit_reference(_part.audit), 'R', n), _asked, _due, app.me());
	return made;
end
$$;
comment on function method.request_raise is '{
	"doc": "Ask the people responsible for a function for evidence.",
	"roles": ["auditor"], "access": "write", "result": "request",
	"params": {
		"part": {"doc": "The part of the audit; you are on its declared team."},
		"function": {"doc": "The function in its scope whose people are asked."},
		"asked": {"doc": "What is asked for."},
		"due": {"doc": "By when."},
		"from_check": {"doc": "The check that it serves; the auditee does not see it."}},
	"acts": "judges", "place": "app.team_refusal(_r.id, app.team_all())",
	"audit": ["planned", "prepared", "fieldwork", "reporting"]}';

create or replace function method.request_submit(_request app.evidence_request, _answer app.prose default null,
	_evidence uuid[] default null) returns void
language plpgsql set search_path = '' as $$
begin
	if _answer is null and coalesce(cardinality(_evidence), 0) = 0 then
		perform app.refuse_param('evidence', 'param.evidence_or_answer', '{}');
	end if;
	perform app.attach_all(_evidence, 'request', _request.id, _request.audit, _request.part, _request.function, null);
	update app.evidence_request q set state = 'submitted', answer = _answer, submitted_by = app.me(),
		submitted_at = now(), reason = null, decided_by = null, decided_at = null
	where q.organisation = app.org() and q.id = _request.id;
end
$$;
comment on function method.request_submit is '{
	"doc": "Supply what was asked for. Who supplies evidence never accepts it (S5).",
	"roles": ["auditee"], "access": "write", "result": "request",
	"params": {
		"id": {"doc": "The request, about a function that you are responsible for."},
		"version": {"doc": "The version that you saw."},
		"answer": {"doc": "What you say with it."},
		"evidence": {"doc": "Evidence that you uploaded or stated.", "schema": {"maxItems": 100}}},
	"version": true, "acts": "works", "place": "app.request_answerer_refusal(_r)",
	"audit": ["planned", "prepared", "fieldwork", "reporting"]}';

create or replace function method.request_accept(_request app.evidence_request) returns void
language plpgsql set search_path = '' as $$
begin
	update app.evidence_request q set state = 'accepted', decided_by = app.me(), decided_at = now(), reason = null
	where q.organisation = app.org() and q.id = _request.id;
end
$$;
comment on function method.request_accept is '{
	"doc": "Accept the evidence that was supplied. Refused to whoever supplied any of it (S5).",
	"roles": ["auditor"], "access": "write", "result": "request",
	"params": {"id": {"doc": "The request."}, "version": {"doc": "The version that you saw."}},
	"version": true, "acts": "judges the work", "rules": ["app.audit_begins(_r.audit)"],
	"place": "app.team_refusal(_r.part, app.team_auditors(), ''S5'')",
	"audit": ["planned", "prepared", "fieldwork", "reporting"]}';

create or replace function method.request_return(_request app.evidence_request, _reason app.prose) returns void
language plpgsql set search_path = '' as $$
begin
	update app.evidence_request q set state = 'returned', decided_by = app.me(), decided_at = now(), reason = _reason
	where q.organisation = app.org() and q.id = _request.id;
end
$$;
comment on function method.request_return is '{
	"doc": "Send back what was supplied, saying what is missing.",
	"roles": ["auditor"], "access": "write", "result": "request",
	"params": {
		"id": {"doc": "The request."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "Why."}},
	"version": true, "acts": "judges the work", "place": "app.team_refusal(_r.part, app.team_auditors(), ''S5'')",
	"audit": ["planned", "prepared", "fieldwork", "reporting"]}';

create or replace function method.request_not_applicable(_request app.evidence_request, _reason app.prose)
	returns void
language plpgsql set search_path = '' as $$
begin
	update app.evidence_request q set state = 'not_applicable', decided_by = app.me(), decided_at = now(),
		reason = _reason
	where q.organisation = app.org() and q.id = _request.id;
end
$$;
comment on function method.request_not_applicable is '{
	"doc": "Close a request because it does not apply, saying why.",
	"roles": ["auditor"], "access": "write", "result": "request",
	"params": {
		"id": {"doc": "The request."},
		"version": {"doc": "The version that you saw."},
		"reason": {"doc": "Why."}},
	"version": true, "acts": "judges the work", "rules": ["app.audit_begins(_r.audit)"],
	"place": "app.team_refusal(_r.part, app.team_auditors(), ''S5'')",
	"audit": ["planned", "prepared", "fieldwork", "reporting"]}';

create or replace function app.own_request_refusal(_request app.evidence_request) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	return case when app.me() = _request.impaired_person
		then app.no('S9', 'request.own', '{}', jsonb_build_object('person', app.me(), 'request', _request.id)) end;
end
$$;

create or replace function app.request_review_needs(_request app.evidence_request) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return case when _request.impaired_at is null
		then array[app.no('review', 'review.nothing', '{}', jsonb_build_object('request', _request.id))] end;
end
$$;

create or replace function method.request_review(_request app.evidence_request) returns void
language plpgsql set search_path = '' as $$
begin
	update app.evidence_request q set reviewed_by = app.me(), reviewed_at = now() where q.organisation = app.org()
		and q.id = _request.id;
end
$$;
comment on function method.request_review is '{
	"doc": "Review an acceptance that was given under a conflict that came to light later (S9); release waits for it.",
	"roles": ["auditor"], "access": "write", "result": "request",
	"params": {"id": {"doc": "The request."}, "version": {"doc": "The version that you saw."}},
	"version": true, "acts": "judges the work", "rules": ["app.own_request_refusal(_r)"],
	"place": "app.team_refusal(_r.part, app.team_auditors(), ''S5'')",
	"audit": "''{planned,prepared}'' || app.review_states(_r.impaired_at, _r.reviewed_by)",
	"needs": "app.request_review_needs(_r)"}';

create or replace function app.owed_request(_organisation uuid, _ids uuid[]) returns setof app.owed
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select r.id, r.audit, 'request.submit', r.function, false, r.due, coalesce(r.decided_at, r.created_at)
	from app.evidence_request r
	where r.organisation = _organisation and r.id = any (_ids) and r.state in ('requested', 'returned')
	union all
	select r.id, r.audit, 'request.accept', r.part, false, null::date, r.submitted_at
	from app.evidence_request r
	where r.organisation = _organisation and r.id = any (_ids) and r.state = 'submitted';
end
$$;
comment on function app.owed_request(uuid, uuid[]) is
	'A request waits for who is responsible for its function, then for the team.';
create trigger owes after insert or update on app.evidence_request for each row execute function app.owes('request');
