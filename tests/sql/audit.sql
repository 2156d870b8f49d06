-- Audits: a change names what it changes; what stands between an audit and its next step, all at once; a proposal keeps
-- a call, and what it led to is its proposer's.
\set ON_ERROR_STOP on
begin;
select no_plan();
\ir fixture/company.sql

-- A change names what it changes
create function t.plan() returns jsonb language sql as $$
	select jsonb_build_object('title', title, 'scope', scope, 'sites', sites, 'methods', methods, 'days',
		ends_on - starts_on)
	from app.audit where id = t.id('audit')
$$;
create function t.change(who text, more jsonb) returns jsonb
	language sql as $$ select t.refusal(who, 'audit.update', t.with_version('audit', 'audit', more)) $$;
select t.plan() as before \gset
select is(t.change('p', '{"title": "Backup and cards"}'), '{"code": 0}', 'one field alone is changed');
select is(t.plan(), :'before'::jsonb || '{"title": "Backup and cards"}', 'the others stay as they were');
select is(t.change('p', '{"scope": null, "sites": []}'), '{"code": 0}', 'null empties, and a list may be empty');
select is(t.plan(), :'before'::jsonb || '{"title": "Backup and cards", "scope": null, "sites": []}', 'these two alone');
select is(t.change('p', '{"title": null}') #>> '{data,params,0}', '{"say": {"id": "param.empty", "args": {}}, "name": '
	'"title", "problem": "may not be empty"}', 'what may not be empty is not emptied');
select is(t.change('p', jsonb_build_object('ends_on', current_date - 1)) #>> '{data,params,0,name}', 'ends_on',
	'a field is judged beside those that stay');
select is(t.refusal('y', 'audit.update', t.with_version('audit', 'audit', '{"title": "Mine"}')) ->> 'rule', 'S4',
	'S4: nothing is changed by who is responsible for a function in scope');

-- What stands between an audit and its next step
select t.keep('as-l', (t.call('x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('l'),
		'role', 'lead')) #>> '{assignment,id}')::uuid) is not null as kept,
	t.keep('as-a', (t.call('x', 'assignment.assign', jsonb_build_object('audit', t.id('audit'), 'person', t.id('a'),
		'role', 'auditor', 'part', t.id('part-backup'))) #>> '{assignment,id}')::uuid) is not null as kept2,
	t.call('l', 'declaration.sign', jsonb_build_object('assignment', t.id('as-l'), 'statement', 'I am independent.'))
		is not null as kept3 \gset
create function t.step(step text, more jsonb default '{}') returns jsonb
	language sql as $$ select t.refusal('l', 'audit.' || step, t.with_version('audit', 'audit', more)) $$;
create function t.may(step text) returns jsonb language sql as $$
	select api.may(sha256(convert_to('secret of l', 'UTF8')), t.org(), 'audit', array[t.id('audit')])
		#> array['items', '0', 'verbs', step]
$$;
create function t.verbs(refusal jsonb, also text[]) returns text[] language sql as $$
	select (refusal #>> '{data,verb}')
		|| array(select x #>> '{}' from jsonb_path_query(refusal #> also, '$[*].**.verb') x)
$$;
select is(t.verbs(t.step('prepare'), '{data,also}'),
	'{declaration.sign,confirmation.give,audit.update,audit.send_plan}',
	'all that stands in the way is told at once, each with the verb that removes it');
select is(t.step('prepare') ->> 'message',
	'These team members have no valid declaration of independence (S7): Ann Auditor.', 'the first in words');
select is(t.verbs(t.may('prepare'), '{also}'), t.verbs(t.step('prepare'), '{data,also}'), 'may says the same');
select is(t.may('start_fieldwork') #> '{data,allowed}', '["prepared"]', 'and of another step that it is not its turn');
select t.call('a', 'declaration.sign', jsonb_build_object('assignment', t.id('as-a'), 'statement', 'I am independent.',
	'interests', '[{"kind": "advised", "description": "On tapes."}, {"kind": "advised", "description": "Twice."}]'
	::jsonb)) is not null as kept \gset
select is((select count(*) from app.interest), 1::bigint, 'an interest that is named twice is one');
select is(t.verbs(t.step('prepare'), '{data,also}'),
	'{safeguard.record,confirmation.give,audit.update,audit.send_plan}',
	'one that waits for a safeguard stands in the way instead');
select t.keep('interest', (select id from app.interest)) is not null as kept,
	t.call('x', 'safeguard.record', jsonb_build_object('interest', t.id('interest'), 'kind', 'second_auditor', 'reason',
		'Lena reads the papers.')) is not null as kept2,
	t.change('p', '{"scope": "Three functions", "sites": ["Head office"]}') as kept3,
	t.call('l', 'audit.send_plan', t.with_version('audit', 'audit')) is not null as kept4 \gset
select t.call(who, 'confirmation.give', jsonb_build_object('audit', t.id('audit'), 'function', t.id(f))) is not null
	as kept
from (values ('ob', 'backup'), ('y', 'access'), ('oc', 'cards')) x (who, f) \g /dev/null
select is(t.may('prepare'), '{"allowed": true}', 'when all is removed, it may be done');
select is(t.step('prepare'), '{"code": 0}', 'and is');
select is(t.step('start_fieldwork'), '{"code": 0}', 'and the next');
select t.call('a', 'check.prepare', jsonb_build_object('part', t.id('part-backup'), 'function', t.id('backup'),
	'requirement', t.id('A.8.13'), 'question', 'Are restores tested?', 'method', 'document')) is not null as kept \gset
select is(t.verbs(t.step('start_reporting'), '{data,also}'), '{check.record,check.prepare}',
	'a check without result, and a requirement without a check');
select is(t.step('start_reporting', jsonb_build_object('not_covered', jsonb_build_array(jsonb_build_object(
	'requirement', t.id('9.2.1'), 'reason', 'No time.')))) ->> 'message',
	'These checks have no result yet: check 1 (A.8.13, Backup and recovery).', 'which the call itself may excuse');
select is((select array_agg(distinct a.side || ' ' || a.method order by a.side || ' ' || a.method) from app.act a
		where a.noun = 'audit' and a.person = t.id('l')),
	'{"judge audit.prepare","judge audit.send_plan","judge audit.start_fieldwork"}', 'each step is an act of its lead');

-- A proposal keeps a call; of a change, the fields that it names
create function t.proposed(params jsonb) returns uuid language plpgsql as $$
begin
	perform auth.enter(sha256(convert_to('secret of y', 'UTF8')), t.org(), 'audit.update', '{administrator}');
	return t.keep('change', app.propose('audit.update', jsonb_build_object('id', t.id('audit'), 'reason', 'Better.')
		|| params, t.id('audit'), null, array[t.id('backup')], app.say('s4.proposes')));
end $$;
create function t.signed() returns jsonb
	language sql as $$ select t.refusal('m', 'proposal.countersign', t.with_version('proposal', 'change')) $$;
select t.proposed('{"title": "Backup"}') is not null as kept, t.version('audit', 'audit') as version \gset
select is((select was from app.proposal), '{"title": "Backup and cards"}', 'it keeps what they were');
select is(t.change('p', '{"objective": "Determine conformity.", "reason": "Shorter."}'), '{"code": 0}',
	'another field is changed meanwhile');
select is(t.signed(), '{"code": 0}', 'which does not stand against the proposal');
select is((select title || ': ' || objective from app.audit where id = t.id('audit')), 'Backup: Determine conformity.',
	'both changes stand');
select is((select array[maker] || countersigned_by from app.arrangement order by id desc limit 1),
	array[t.id('y'), t.id('m')], 'S4: its proposer arranged, and who signed');
select is((select outcome from app.proposal), t.id('audit'), 'and its outcome is the audit');
select t.proposed('{"title": "Backups"}') is not null as kept, t.change('p', '{"title": "Tapes", "reason": "Clearer."}')
	as kept2 \gset
select is(t.signed() ->> 'code', '-32005', 'a field that it names is another: it is stale');
select is((t.signed() -> 'data') - 'say',
	jsonb_build_object('version', t.version('audit', 'audit'), 'id', t.id('audit')),
	'and told of what');
select is((select title from app.audit where id = t.id('audit')), 'Tapes', 'nothing is done');
select is((select state from app.proposal where id = t.id('change')), 'open', 'and it stays open');
select is((current_setting('ninetwo.maker', true), current_setting('ninetwo.signers', true))::text, '("","")',
	'and nobody else makes what comes after');
select * from finish();
rollback;
