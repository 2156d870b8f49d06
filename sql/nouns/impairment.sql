-- Impairments: what was judged under a conflict that came to light later (S9).

create trigger stamp before update on app.impairment for each row execute function app.stamp();
create trigger changed after insert or update on app.impairment for each row execute function app.changed(impairment);

create view record.impairment with (security_invoker = true) as
	select i.organisation, i.id, i.audit, i.assignment, i.person, i.rule, i.from_date,
		app.said(i.explanation) as explanation,
		i.version, i.created_at, i.updated_at
	from app.impairment i;
comment on view record.impairment is '{
	"doc": "A fact that came to light and impaired a person''s work in an audit (S9).",
	"list": "Facts that impaired a person''s work.",
	"sorts": "-created_at, -from_date",
	"walks": "audit, person",
	"by": "audit, person, rule",
	"filters": {
		"audit": "Of this audit.",
		"person": "Of this person.",
		"rule": "By this rule."}}';
comment on column record.impairment.audit is '!The audit.';
comment on column record.impairment.assignment is '!The assignment that it impaired.';
comment on column record.impairment.person is '!Whose work.';
comment on column record.impairment.rule is '!The rule that it breaks.';
comment on column record.impairment.explanation is '!What came to light, in words.';
comment on column record.impairment.updated_at is '!When it last changed.';
comment on column record.impairment.created_at is '!When it was recorded.';
comment on column record.impairment.from_date is '!When.';

