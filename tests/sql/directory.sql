-- Organisation, parties, people and functions in acts: a change names what it changes, an end says why, a refusal says
-- what its sentence says.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/company.sql

-- Who asks changes these fields and no others; what is left of the record when nothing is named.
create function t.changes(who text, method text, noun text, key text, params jsonb default '{}') returns text
	language plpgsql as $$
declare
	got constant text := split_part(method, '.', 1) || '.get';
	named constant jsonb := case when noun = 'organisation' then '{}' else jsonb_build_object('id', t.id(key)) end;
	before constant jsonb := t.call(who, got, named);
	after jsonb;
begin
	after := t.call(who, method, named || jsonb_build_object('version', before -> 'version') || params);
	return (select string_agg(a.key, ' ' order by a.key) from jsonb_each(after) a
		where a.value is distinct from before -> a.key and a.key not in ('version', 'updated_at'));
end $$;
create function t.no(who text, method text, key text, params jsonb) returns text language sql as $$
	select coalesce(r #>> '{data,say,id}', r #>> '{data,params,0,say,id}', r ->> 'code')
	from t.refusal(who, method, case when key is null then '{}' else jsonb_build_object('id', t.id(key), 'version',
		t.call(who, split_part(method, '.', 1) || '.get', jsonb_build_object('id', t.id(key))) -> 'version') end
		|| params) r
$$;

select t.made('rest', 'x', 'function.add', '{"reference": "F-91", "name": "Rest", "description": "It rests."}')
	is not null as kept \gset
select t.made('home', 'x', 'party.add', '{"name": "Home", "legal_identifier": "H", "kinds": ["supplier"]}')
	is not null as kept \gset
select t.made('away', 'x', 'party.add', jsonb_build_object('name', 'Away', 'legal_identifier', 'A', 'kinds',
		'["supplier"]'::jsonb, 'affiliate_of', t.id('home'))) is not null as kept \gset
select t.call('x', 'person.update', jsonb_build_object('id', t.id('z'), 'version', 1, 'title', 'Clerk')) ->> 'title'
	as kept \gset

-- changes
select is(t.changes('x', x.method, split_part(x.method, '.', 1), x.key), null, x.method || ' that names nothing')
from (values ('organisation.update', 'org'), ('party.update', 'away'), ('person.update', 'z'),
	('function.update', 'rest')) x (method, key);
select is(t.changes('x', x.method, split_part(x.method, '.', 1), x.key, x.params), x.wanted,
	format('%s: %s', x.method, x.params))
from (values
	('organisation.update', 'org', '{"plan_days": 15}'::jsonb, 'plan_days'),
	('party.update', 'away', '{"kinds": ["customer"]}', 'kinds'),
	('party.update', 'away', '{"name": "Far"}', 'name'),
	('person.update', 'z', '{"name": "Zoe Else"}', 'name'),
	('person.update', 'z', '{"title": null}', 'title'),
	('function.update', 'rest', '{"description": null}', 'description')) x (method, key, params, wanted);
select is(t.no('x', x.method, x.key, x.params), x.wanted, format('%s: %s', x.method, x.params))
from (values
	('party.update', 'away', '{"name": null}'::jsonb, 'param.empty'),
	('party.update', 'away', '{"affiliate_of": null}', 'party.leaves_group'),
	('party.update', 'home', '{"version": 99}', 'stale'),
	('person.update', 'z', '{"name": null}', 'param.empty'),
	('function.update', 'rest', '{"parent": "00000000-0000-0000-0000-000000000000"}', 'not_found'),
	('party.add', null, '{"name": "B", "legal_identifier": "A", "kinds": ["customer"]}', 'party.known'),
	('function.add', null, '{"reference": "F 9", "name": "B"}', '-32602')) x (method, key, params, wanted);
select is(t.changes('x', 'function.update', 'function', 'rest', jsonb_build_object('parent', t.id('backup'))),
	'parent parent_name', 'function.update: a parent');
select is(t.no('x', 'function.update', 'rest', '{"parent": null}'), 'function.stays', 'which it keeps (S13)');

-- ends
select is(e ->> 'reason', 'Entered with the record.', 'an end that is entered with its record says so')
from jsonb_array_elements(t.call('x', 'ending.list', jsonb_build_object('subject', t.call('x', 'affiliation.add',
	jsonb_build_object('person', t.id('z'), 'party', t.id('home'), 'kind', 'contracted', 'from_date', current_date,
	'until_date', current_date + 9)) -> 'id')) -> 'items') e;
select t.made('early', 'x', 'affiliation.add', jsonb_build_object('person', t.id('z'), 'party', t.id('home'), 'kind',
	'owner', 'from_date', current_date - 9)) is not null as kept \gset
select is(t.no('x', 'affiliation.end', 'early', jsonb_build_object('until_date', current_date - 10, 'reason', 'x')),
	'param.until_before_first', 'no end is before the first day');
select t.made('ended', 'x', 'affiliation.end', jsonb_build_object('id', t.id('early'), 'version', 1, 'until_date',
	current_date - 3, 'reason', 'They left.')) ->> 'counts_until' as counts \gset
select is(:'counts'::date, current_date, 'a past end counts from today');
select t.keep('end', e.id) from app.ending e where e.subject = t.id('early') \g /dev/null
select is(t.call('x', 'ending.get', jsonb_build_object('id', t.id('end'))) ->> 'reason', 'They left.',
	'and says what was written');
select is(t.no('m', 'ending.countersign', 'end', '{"reason": "True."}'), '0', 'until it is countersigned');
select is(t.no('m', 'ending.decline', 'end', '{"reason": "Not so."}'), 'state', 'once');

-- may: the organisation and a person, whose keys are others than a record's
select is(api.may(t.session('x'), t.org(), 'organisation', array[t.org()]) #>> '{items,0,verbs,update,allowed}', 'true',
	'an administrator may change the organisation');
select is(api.may(t.session('x'), t.org(), 'person', array[t.id('m')]) #>> '{items,0,verbs,invite,data,say,id}',
	'invitation.management', 'and may not ask for a code for management');
select is(api.may(t.session('m'), t.org(), 'person', array[t.id('z')]) #>> '{items,0,verbs,update,code}', '-32002',
	'management does not change a person');
select is(api.may(t.session('x'), t.org(), 'person', array[t.org()]) #> '{items,0,verbs}', 'null',
	'nobody is no person');

-- the description
select is((select array_agg(r ->> 'rule' order by n) from jsonb_array_elements(meta.catalogue() -> 'rules')
	with ordinality x (r, n)), (select array_agg(h.rule order by h.ordinal) from app.helps() h),
	'it says what each rule says and what helps');
select is(meta.catalogue() #>> '{sentences,s3.belongs}', ', and {person} belongs to it', 'and holds all sentences');
select is((select array_agg(distinct s.id) from app.sentences() s where s.text = '' and s.id <> 'end'), null,
	'none of which is empty');
select is((select array_agg(x.id) from (select s.id from app.sentences() s group by s.id having count(*) > 1) x), null,
	'and no two of which have one id');
select * from finish();
rollback;
