-- Verification: whether the actions were effective, from the day set in the plan, by somebody S5 allows. Effective
-- closes the nonconformity; not effective counts the round and waits for a new plan with at least one new action.

create trigger stamp before update on app.verification for each row execute function app.stamp();
create trigger changed after insert or update on app.verification for each row
	execute function app.changed('verification');

create view record.verification with (security_invoker = true) as
	select v.organisation, v.id, v.version, v.finding, v.audit, v.addressed,
		v.round, v.result, v.judgement, v.verified_by,
		app.attached(v.organisation, v.id) as evidence,
		v.impaired_at, v.created_at, v.updated_at
	from app.verification v;
comment on view record.verification is '{
	"doc": "Whether the actions of a nonconformity were effective.",
	"get": "One verification.",
	"list": "The verifications that you may see, round by round of each finding.",
	"sorts": "created_at, round",
	"walks": "finding, audit, function",
	"by": "result, audit, addressed",
	"all_for": "app.reads_audits()",
	"branches": {
		"verified_by": "array[app.me()]",
		"audit": "app.my_audits()",
		"addressed": "app.my_functions()",
		"finding": "app.my_other_findings()"},
	"filters": {
		"finding": "Of this finding.",
		"audit": "Of this audit.",
		"function": {"doc": "Of findings that this function answers.", "column": "addressed"},
		"result": "With this result.",
		"verified_by": "Given by this person.",
		"mine": {"doc": "Given by you, or by others.", "is": "w.verified_by = (select app.me())"}}}';
comment on column record.verification.finding is '!The finding.';
comment on column record.verification.audit is '!The audit.';
comment on column record.verification.addressed is
	'{"doc": "The function that answers the finding.", "not_null": true, "of": "function"}';
comment on column record.verification.round is '!The round of the plan that was judged.';
comment on column record.verification.result is '!effective or not_effective.';
comment on column record.verification.judgement is '!What it was judged by: the criteria and what was seen.';
comment on column record.verification.verified_by is '!Who judged; nobody who had a hand in the work (S5).';
comment on column record.verification.evidence is
	'{"doc": "What it rests on.", "not_null": true, "schema": "attached"}';
comment on column record.verification.impaired_at is 'When it became known that it was given under a conflict (S9).';
comment on column record.verification.created_at is '!When.';
comment on column record.verification.updated_at is '!When it last changed.';

-- The place of who verifies: whom the finding names, else an auditor of its part.
create or replace function app.verifier_refusal(_f app.finding) returns app.refusal
language plpgsql stable set search_path = '' as $$
begin
	if _f.verifier is null then
		return app.team_refusal(_f.part, app.team_auditors(), 'S5');
	elsif _f.verifier <> app.me() then
		return app.no('place', 'place.verifier', jsonb_build_object('person', _f.verifier),
			jsonb_build_object('finding', _f.id, 'verifier', _f.verifier));
	end if;
	return null;
end
$$;

create or replace function app.verification_needs(_f app.finding) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
declare
	ripe constant date := (select max(a.judge_from) from app.action a where a.organisation = app.org()
		and a.finding = _f.id and a.state = 'done');
begin
	return app.obstacles(app.no_state(_f.state::text, '{implemented}'),
		case when ripe > app.today() then app.no('judge_from', 'verification.judge_from',
			jsonb_build_object('judge_from', ripe), jsonb_build_object('judge_from', ripe)) end);
end
$$;

create or replace function method.verification_record(_finding app.finding, _result app.verification_result,
	_judgement app.prose, _evidence uuid[] default null) returns uuid
language plpgsql set search_path = '' as $$
declare
	made constant uuid := app.uuid7();
begin
	insert into app.verification (organisation, id, finding, round, result, judgement)
	values (app.org(), made, _finding.id, 1 + _finding.rounds, _result, _judgement);
	perform app.attach_all(_evidence, 'verification', made, _finding.audit, _finding.part, null, _finding.id);
	if _result = 'effective' then
		update app.finding x set state = 'closed' where x.organisation = app.org() and x.id = _finding.id;
	else
		update app.finding x set state = 'not_effective', rounds = x.rounds + 1,
			plan_due = app.today() + (select o.plan_days from app.organisation o where o.id = app.org())
		where x.organisation = app.org() and x.id = _finding.id;
	end if;
	return made;
end
$$;
comment on function method.verification_record is '{
	"doc": "Judge whether the actions of an implemented finding were effective: it closes, or waits for a new plan. '
		'Refused to whoever had a hand in the work, also after handing it over (S5).",
	"roles": ["auditor"], "access": "write", "result": "verification", "version": true, "acts": "judges the work",
	"place": "app.verifier_refusal(_r)",
	"needs": "app.verification_needs(_r)",
	"params": {
		"finding": {
			"doc": "The finding; you are named to verify it, or nobody is and you are a lead or auditor of its part."},
		"version": {"doc": "The version of the finding that you saw."},
		"result": {"doc": "effective or not_effective."},
		"judgement": {"doc": "What you judged by: the criteria and what you saw."},
		"evidence": {"doc": "What it rests on.", "schema": {"maxItems": 100}}}}';
