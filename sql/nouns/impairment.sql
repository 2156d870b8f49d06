-- Impairments: what was judged under a conflict that came to light later (S9).

create trigger stamp before update on app.impairment for each row execute function app.stamp();
create trigger changed after insert or update on app.impairment for each row execute function app.changed(impairment);

create view record.impairment with (security_invoker = true) as
	select i.organisation, i.id, i.audit, a.reference as audit_reference, i.assignment, i.person,
		app.person_name(i.organisation, i.person) as person_name, i.rule, i.from_date,
		app.said(i.explanation) as explanation,
		i.version, i.created_at, i.updated_at
	from app.impairment i join app.audit a on a.organisation = i.organisation and a.id = i.audit;
comment on view record.impairment is 'A fact that came to light and impaired a person''s work in an audit (S9).';
comment on column record.impairment.audit is '!The audit.';
comment on column record.impairment.audit_reference is '!Its reference.';
comment on column record.impairment.assignment is '!The assignment that it impaired.';
comment on column record.impairment.person is '!Whose work.';
comment on column record.impairment.person_name is 'Their name.';
comment on column record.impairment.rule is '!The rule that it breaks.';
comment on column record.impairment.explanation is '!What came to light, in words.';
comment on column record.impairment.updated_at is '!When it last changed.';
comment on column record.impairment.created_at is '!When it was recorded.';
comment on column record.impairment.from_date is '!When.';

create or replace function method.impairment_list(_audit uuid default null, _person uuid default null,
	_sort text default null, _limit int default null, _after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.page('impairment', app.branches_impairment(),
		jsonb_build_object('audit', _audit, 'person', _person), '-created_at, -from_date', _sort, _limit, _after);
end
$$;
comment on function method.impairment_list is '{
	"doc": "Facts that impaired a person''s work.",
	"roles": ["member"], "access": "read", "result": "impairment[]",
	"params": {
		"audit": {"doc": "Of this audit."},
		"person": {"doc": "Of this person."},
		"sort": {"doc": "Sorted by created_at, from_date; - before a name turns it round."}}}';
