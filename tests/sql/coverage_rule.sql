-- Every constraint and every trigger, in acts: a statement that it refuses, or that it adds something to. Each is run
-- twice, as it stands and with that one rule taken away: where both come to the same, the act says nothing about the
-- rule, and fails. A rule without an act fails too. The acts are a superuser's: no right and no policy stands before
-- the rule.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/coverage.sql

-- What a statement comes to: the constraint or the rule that refuses it, else what the probe then finds; taken back in
-- any case.
create function t.outcome(before text, statement text, probe text default null) returns text language plpgsql as $$
declare
	state text;
	sentence text;
	detail text;
	broken text;
	found text;
begin
	if before is not null then execute before; end if;
	execute statement;
	if probe is not null then execute 'select ' || probe into found; end if;
	raise exception using errcode = 'UT000', message = coalesce(found, 'done');
exception when others then
	get stacked diagnostics state = returned_sqlstate, sentence = message_text, detail = pg_exception_detail,
		broken = constraint_name;
	return case when state = 'UT000' then sentence when state like '23%' then coalesce(nullif(broken, ''), sentence)
		when state like 'N2%' then coalesce(nullif(detail, '')::jsonb ->> 'rule', state)
		when state = 'P0001' then sentence else state || ' ' || sentence end;
end $$;
create function t.is_ours(schema oid) returns bool language sql stable as $$ select schema::regnamespace::text
	in ('app', 'auth', 'ledger', 'meta', 'operator') $$;
do $$ begin perform set_config('ninetwo.organisation', t.org()::text, true),
	set_config('ninetwo.person', t.id('x')::text, true), set_config('ninetwo.today', current_date::text, true); end $$;

-- ---------------------------------------------------------------------------------------------------------------------
-- Check constraints
-- ---------------------------------------------------------------------------------------------------------------------

-- Each: how one row is to be that the constraint refuses. Triggers are set aside.
create table t.refused (relation text, rule text, change text not null, primary key (relation, rule));
insert into t.refused values
	('app.action', 'action_done_has_proof', 'state = ''done'', done_by = t.id(''d''), done_at = now(), proof = null'),
	('app.action', 'action_number_check', 'number = 0'),
	('app.action', 'action_percent_check', 'percent = 101'),
	('app.action', 'action_returned_says_why', 'state = ''returned'', return_reason = null'),
	('app.action', 'action_round_check', 'round = 0'),
	('app.affiliation', 'affiliation_check', 'until_date = from_date - 1'),
	('app.assignment', 'assignment_check', 'role = ''lead'', part = t.id(''part-backup'')'),
	('app.attachment', 'attachment_to_finding', 'noun = ''check'', finding = t.id(''f-issued'')'),
	('app.attachment', 'attachment_to_request', 'noun = ''request'', function = null, finding = null'),
	('app.audit', 'audit_check', 'ends_on = starts_on - 1'),
	('app.audit', 'audit_check1', 'audited_from = starts_on + 1'),
	('app.audit', 'audit_methods_check', 'methods = ''{by_post}'''),
	('app.audit', 'audit_state_check', 'state = ''over'''),
	('app.audit_requirement', 'audit_requirement_not_covered_check', 'not_covered = '' '''),
	('app.certification', 'certification_check', 'until_date = from_date - 1'),
	('app."check"', 'check_chosen_by_check', 'chosen_by = repeat(''x'', 1001)'),
	('app."check"', 'check_impaired_person', 'impaired_at = now(), impaired_person = null'),
	('app."check"', 'check_not_assessed_says_why', 'result = ''not_assessed'', reason = '' '''),
	('app."check"', 'check_notes_check', 'notes = repeat(''x'', 20001)'),
	('app."check"', 'check_number_check', 'number = 0'),
	('app."check"', 'check_population_check', 'population = repeat(''x'', 2001)'),
	('app."check"', 'check_question_check', 'question = '''''),
	('app."check"', 'check_reason_check', 'reason = repeat(''x'', 4001)'),
	('app."check"', 'check_result_by', 'result = ''conform'', recorded_by = null'),
	('app."check"', 'check_review_note_check', 'review_note = repeat(''x'', 4001)'),
	('app."check"', 'check_reviewed_by_another', 'reviewed_by = recorded_by'),
	('app."check"', 'check_sample_check', 'sample = repeat(''x'', 4001)'),
	('app."check"', 'check_sample_size_check', 'sample_size = -1'),
	('app.chunk', 'chunk_data_check', 'data = '''''),
	('app.chunk', 'chunk_digest_check', 'digest = ''x'''),
	('app.claim', 'claim_period_check', 'period = ''empty'''),
	('app.claim', 'claim_rule_check', 'rule = ''S6'''),
	('app.competence', 'competence_by_someone_else', 'evaluator = person'),
	('app.competence', 'competence_check', 'kind = ''lead'', framework = t.id(''iso'')'),
	('app.competence', 'competence_check1', 'valid_until = valid_from - 1'),
	('app.competence', 'competence_evaluated_by_check', 'evaluated_by = '''''),
	('app.declaration', 'declaration_statement_check', 'statement = '''''),
	('app.dispute', 'dispute_decided',
		'state = ''decided'', decision = ''upheld'', decided_by = null, decision_reason = ''x'''),
	('app.dispute', 'dispute_state_check', 'state = ''closed'''),
	('app.ending', 'ending_noun_check', 'noun = ''audit'''),
	('app.ending', 'ending_state_check', 'state = ''open'''),
	('app.enrolment', 'enrolment_title_check', 'title = repeat(''x'', 201)'),
	('app.evidence', 'evidence_file_name_check',
		'kind = ''file'', statement = null, media_type = ''text/plain'', file_name = ''../x'''),
	('app.evidence', 'evidence_is_one_kind', 'kind = ''statement'', statement = ''x'', file_name = ''x.txt'''),
	('app.evidence', 'evidence_leave_check', 'leave = repeat(''x'', 1001)'),
	('app.evidence', 'evidence_media_type_check', 'media_type = ''text'''),
	('app.evidence', 'evidence_revises_another', 'revision_of = id'),
	('app.evidence', 'evidence_sha256_check', 'sha256 = ''x'''),
	('app.evidence', 'evidence_size_check', 'size = 1073741825'),
	('app.evidence', 'evidence_state_check', 'state = ''lost'''),
	('app.evidence', 'evidence_stored_has_hash', 'state = ''stored'', sha256 = null'),
	('app.evidence', 'evidence_valid', 'valid_from = ''2026-01-02'', valid_until = ''2026-01-01'''),
	('app.evidence_chunk', 'evidence_chunk_number_check', 'number = -1'),
	('app.evidence_request', 'evidence_request_answer_check', 'answer = repeat(''x'', 20001)'),
	('app.evidence_request', 'evidence_request_asked_check', 'asked = '''''),
	('app.evidence_request', 'evidence_request_number_check', 'number = 0'),
	('app.evidence_request', 'evidence_request_reason_check', 'reason = repeat(''x'', 4001)'),
	('app.evidence_request', 'request_decided', 'state = ''accepted'', decided_by = null'),
	('app.evidence_request', 'request_not_by_supplier',
		'state = ''accepted'', submitted_by = t.id(''ob''), decided_by = t.id(''ob'')'),
	('app.evidence_request', 'request_says_why', 'state = ''returned'', decided_by = t.id(''b''), reason = '' '''),
	('app.extension', 'extension_decided', 'state = ''granted'', decided_by = null'),
	('app.extension', 'extension_decided_by_another', 'state = ''granted'', decided_by = asked_by'),
	('app.extension', 'extension_is_later', 'until = due_before'),
	('app.extension', 'extension_state_check', 'state = ''open'', decided_by = t.id(''b'')'),
	('app.fingerprint', 'fingerprint_digest_check', 'digest = ''x'''),
	('app.finding', 'finding_accuracy_or_reason',
		'issued_at = now(), issued_by = t.id(''b''), issued_on = current_date, grade = ''minor'', shared_at = null, '
		'share_skipped = null'),
	('app.finding', 'finding_addresses_one_of_its_functions', 'addressed = t.id(''payroll'')'),
	('app.finding', 'finding_functions_check', 'functions = array_fill(addressed, array[21])'),
	('app.finding', 'finding_impaired_person', 'impaired_at = now(), impaired_person = null'),
	('app.finding', 'finding_issued_is_graded',
		'issued_at = now(), issued_by = t.id(''b''), issued_on = current_date, grade = null, share_skipped = ''x'''),
	('app.finding', 'finding_number_check', 'number = 0'),
	('app.finding', 'finding_requirements_check', 'requirements = ''{}'''),
	('app.finding', 'finding_review_by_another', 'review_of = t.id(''n''), reviewed_by = t.id(''n'')'),
	('app.framework', 'framework_edition_check', 'edition = '''''),
	('app.function', 'function_check', 'parent = id'),
	('app.function', 'function_description_check', 'description = repeat(''x'', 20001)'),
	('app.function', 'function_reference_check', 'reference = ''F 1'''),
	('app.grading', 'grading_after_issue_says_why', 'phase = ''issued'', reason = null'),
	('app.grading', 'grading_pending_needs_signature', 'state = ''pending'', signature_needed = false'),
	('app.grading', 'grading_phase_check', 'phase = ''closed'', reason = ''x'''),
	('app.grading', 'grading_signed_by_another', 'signed_by = decided_by'),
	('app.grading', 'grading_state_check', 'state = ''open'''),
	('app.interest', 'interest_in_words', 'description = null'),
	('app.ending', 'ending_has_a_reason', 'reason = ''x'', because = ''{}'''),
	('app.impairment', 'impairment_rule_check', 'rule = ''S4'''),
	('app.mapping', 'mapping_relation_check', 'relation = ''like'''),
	('app.mapping', 'mapping_strength_check', 'strength = ''weak'''),
	('app.membership', 'membership_check', 'until_date = from_date - 1'),
	('app.membership', 'membership_check1', 'role = ''observer'', party = null'),
	('app.operation', 'operation_check', 'until_date = from_date - 1'),
	('app.naming', 'naming_in_order', 'until_day = from_day - 1'),
	('app.naming', 'naming_place_check', 'place = ''owner'''),
	('app.organisation', 'organisation_acknowledge_days_check', 'acknowledge_days = 0'),
	('app.organisation', 'organisation_containment_days_check', 'containment_days = 91'),
	('app.organisation', 'organisation_cooling_off_months_check', 'cooling_off_months = 11'),
	('app.organisation', 'organisation_dispute_days_check', 'dispute_days = 0'),
	('app.organisation', 'organisation_major_days_check', 'major_days = 366'),
	('app.organisation', 'organisation_minor_days_check', 'minor_days = 731'),
	('app.organisation', 'organisation_plan_days_check', 'plan_days = 181'),
	('app.party', 'party_kinds_check', 'kinds = ''{}'''),
	('app.party', 'party_legal_identifier_check', 'legal_identifier = '''''),
	('app.progress', 'progress_kind_check', 'kind = ''said'''),
	('app.proposal', 'proposal_state_check', 'state = ''effective'''),
	('app.release', 'release_revision_check', 'revision = 0'),
	('app.release', 'release_sha256_check', 'sha256 = ''x'''),
	('app.request', 'request_digest_check', 'digest = ''x'''),
	('app.requirement', 'requirement_kind_check', 'kind = ''rule'''),
	('app.requirement', 'requirement_ref_check', 'ref = '''''),
	('app.response', 'response_decided', 'state = ''accepted'', decided_by = null'),
	('app.response', 'response_decided_by_another',
		'state = ''accepted'', submitted_by = t.id(''ob''), submitted_at = now(), decided_by = t.id(''ob'')'),
	('app.response', 'response_on_behalf_has_original', 'on_behalf_of = t.id(''ob''), original = null'),
	('app.response', 'response_returned_says_why',
		'state = ''returned'', submitted_by = t.id(''ob''), submitted_at = now(), decided_by = t.id(''b''), reason = '
		'null'),
	('app.response', 'response_round_check', 'round = 0'),
	('app.response', 'response_state_check',
		'state = ''open'', decided_by = null, submitted_by = t.id(''ob''), submitted_at = now()'),
	('app.response', 'response_submitted', 'state = ''submitted'', submitted_by = null, decided_by = null'),
	('app.responsibility', 'responsibility_check', 'until_date = from_date - 1'),
	('app.retention', 'retention_keep_check', 'keep = ''0 days'''),
	('app.succession', 'succession_check', 'predecessor = successor'),
	('app.ticket', 'ticket_digest_check', 'digest = ''x'''),
	('app.ticket', 'ticket_direction_check', 'direction = ''across'''),
	('app.upload', 'upload_measured_sha256_check', 'measured_sha256 = ''x'''),
	('app.verification', 'verification_round_check', 'round = 0'),
	('auth.credential', 'credential_salt_check', 'salt = ''0123456789abcde'''),
	('auth.credential', 'credential_verifier_check', 'verifier = ''x'''),
	('auth.invitation', 'invitation_digest_check', 'digest = ''x'''),
	('auth.invitation', 'invitation_kind_check', 'kind = ''gift'''),
	('auth.invitation', 'invitation_state_check', 'state = ''lost'''),
	('auth.invitation', 'sent_has_code', 'state = ''sent'', digest = null'),
	('auth.pepper', 'pepper_one_check', 'one = false'),
	('auth.session', 'ended_for_a_reason', 'ended_at = now(), ended_by = null'),
	('auth.session', 'session_agent_check', 'agent = repeat(''x'', 201)'),
	('auth.session', 'session_digest_check', 'digest = ''x'''),
	('auth.session', 'session_ended_by_check', 'ended_at = now(), ended_by = ''boredom'''),
	('auth.session', 'session_kind_check', 'kind = ''cookie'', name = null, scope = null'),
	('auth.session', 'session_name_check', 'name = '''', kind = ''token'', scope = ''{read}'''),
	('auth.session', 'session_scope_check', 'name = ''x'', kind = ''token'', scope = ''{}'''),
	('auth.session', 'token_has_name_and_scope', 'name = ''x'', kind = ''token'', scope = null'),
	('ledger.event', 'token_of_person', 'person = null, token = gen_random_uuid()'),
	('ledger.holding', 'lost_after_gained', 'lost = gained'),
	('ledger.incarnation', 'incarnation_one_check', 'one = false'),
	('meta.description', 'description_one_check', 'one = false'),
	('ledger."position"', 'position_position_check', '"position" = 0');
create table t.refused_value (domain text primary key, value text not null);
insert into t.refused_value values ('app.email', 'nobody at home'), ('app.prose', ''), ('app.title', '  ');

select is((select array_agg(format('%s: %s', c.conrelid::regclass, c.conname) order by 1) from pg_constraint c
	where c.contype = 'c' and c.conrelid <> 0 and t.is_ours(c.connamespace)
	and not exists (select from t.refused r where r.relation = c.conrelid::regclass::text and r.rule = c.conname)),
		null, 'every check constraint has an act');
select is((select array_agg(distinct format_type(c.contypid, null)) from pg_constraint c where c.contype = 'c'
	and c.contypid <> 0 and t.is_ours(c.connamespace)
	and format_type(c.contypid, null) not in (select v.domain from t.refused_value v)), null, 'and every domain');
set local session_replication_role = replica;
-- (The end of a period before its beginning is no range, which PostgreSQL says first.)
select is(
	t.outcome(null, format('update %s set %s where ctid = (select min(ctid) from %s)', r.relation, r.change,
	r.relation)),
	case
	when r.change = 'until_date = from_date - 1'
	then '22000 range lower bound must be less than or equal to range upper bound' else r.rule end,
	format('%s refuses %s', r.relation, r.change)) from t.refused r order by r.relation, r.rule;
select isnt(t.outcome(format('alter table %s drop constraint %I', r.relation, r.rule),
	format('update %s set %s where ctid = (select min(ctid) from %s)', r.relation, r.change, r.relation)), r.rule,
	format('%s is what refuses it', r.rule))
from t.refused r where r.change <> 'until_date = from_date - 1' order by r.relation, r.rule;
select throws_ok(format('select %L::%s', v.value, v.domain), '23514', null,
	format('%s refuses ''%s''', v.domain, v.value)) from t.refused_value v order by 1;
set local session_replication_role = origin;

-- ---------------------------------------------------------------------------------------------------------------------
-- What is there once
-- ---------------------------------------------------------------------------------------------------------------------

-- One more row that is equal in all that an index keeps apart, and has another key; the table's other such indexes are
-- taken away before.
create function t.twice(index regclass) returns text language plpgsql as $$
declare
	i pg_index;
	columns text;
	fields text;
	others text;
begin
	select x.* into i from pg_index x where x.indexrelid = index;
	select string_agg(quote_ident(a.attname), ', ' order by a.attnum),
		string_agg(case when a.attname = 'side' then quote_literal('another') when a.attnum = any (p.indkey)
			and not a.attnum = any (i.indkey) then case a.atttypid when 'uuid'::regtype then 'gen_random_uuid()'
			else format('x.%I + 1000000', a.attname) end
			else format('x.%I', a.attname) end, ', ' order by a.attnum) into columns, fields
	from pg_attribute a left join pg_index p on p.indrelid = a.attrelid and p.indisprimary where a.attrelid = i.indrelid
		and a.attnum > 0 and not a.attisdropped and a.attgenerated = '';
	select string_agg(case when c.oid is null then format('drop index %s', x.indexrelid::regclass)
		else format('alter table %s drop constraint %I cascade', x.indrelid::regclass, c.conname) end, '; ') into others
	from pg_index x left join pg_constraint c on c.conindid = x.indexrelid and c.contype in ('u', 'x')
		where x.indrelid = i.indrelid and (x.indisunique or x.indisexclusion) and not x.indisprimary
		and x.indexrelid <> index;
	return t.outcome(others, format('insert into %s (%s) select %s from %s x where %s limit 1', i.indrelid::regclass,
		columns, fields, i.indrelid::regclass,
		concat_ws(' and ', 'true', pg_get_expr(i.indpred, i.indrelid),
			(select string_agg(format('%I is not null', a.attname), ' and ') from pg_attribute a
			where a.attrelid = i.indrelid and a.attnum = any (i.indkey) and not i.indnullsnotdistinct))));
end $$;
set local session_replication_role = replica;
select is(t.twice(i.indexrelid), c.relname::text, format('%s: once by %s', i.indrelid::regclass, c.relname))
-- (Not what only repeats a key, for others to refer to.)
from pg_index i join pg_class c on c.oid = i.indexrelid where t.is_ours(c.relnamespace)
	and (i.indisunique or i.indisexclusion) and not i.indisprimary
	and not exists (select from pg_index p where p.indrelid = i.indrelid and p.indisprimary
		and p.indkey::int2[] <@ i.indkey::int2[]) order by i.indrelid::regclass::text, c.relname;
set local session_replication_role = origin;
select is((select string_agg(c.relname, ' ' order by c.relname) from pg_index i join pg_class c on c.oid = i.indexrelid
	where t.is_ours(c.relnamespace) and (i.indisunique or i.indisexclusion) and not i.indisprimary),
	'action_organisation_finding_number_key action_organisation_reference_key assignment_once assignment_one_lead '
	'attachment_organisation_subject_evidence_key audit_organisation_reference_key '
	'check_organisation_audit_number_key check_organisation_reference_key claim_separation '
	'confirmation_organisation_audit_function_key declaration_current dispute_once enrolment_email '
	'evidence_request_organisation_audit_number_key evidence_request_organisation_reference_key extension_one_open '
	'finding_organisation_audit_number_key finding_organisation_reference_key framework_organisation_name_edition_key '
	'function_organisation_reference_key grading_one_pending holding_current '
	'impairment_organisation_assignment_source_key invitation_digest_key invitation_one_open '
	'membership_organisation_person_role_held_excl naming_one_open part_organisation_audit_id_key '
	'part_organisation_audit_ordinal_key party_organisation_legal_identifier_key person_email position_event_key '
	'publication_current '
	'release_organisation_audit_kind_revision_key release_organisation_reference_key requirement_framework_ref_key '
	'response_round responsibility_one_owner session_digest_key', 'and these are what keeps records apart');
select is((select array_agg(format('%s: %s', c.conrelid::regclass, c.conname)) from pg_constraint c
	join pg_attribute a on a.attrelid = c.conrelid and a.attname = 'organisation'
		join pg_attribute b on b.attrelid = c.confrelid and b.attname = 'organisation'
	where c.contype = 'f' and t.is_ours(c.connamespace) and not a.attnum = any (c.conkey)
		and c.confrelid <> 'app.framework'::regclass), null,
		'nothing hangs on another organisation''s record, but on a catalogue that is everybody''s');

-- ---------------------------------------------------------------------------------------------------------------------
-- Triggers
-- ---------------------------------------------------------------------------------------------------------------------

-- Each: what is done, what is then found, and what the two come to. A refusal names its rule.
create table t.triggered (relation text, name text, statement text not null, probe text, wanted text not null,
	primary key (relation, name));
create function t.insert_period(relation text, columns text, fields text) returns text language sql as $$
	select format(
		'insert into app.%s (organisation, id, from_date, until_date, %s) values (t.org(), t.id(''new''), '
		'current_date - 30, current_date - 10, %s)', relation, columns, fields)
$$;
select t.keep('new', app.uuid7()) \g /dev/null
insert into t.triggered values
	('app.responsibility', 'derive',
		'insert into app.responsibility (organisation, person, function, kind, from_date) values (t.org(), '
		't.id(''a''), t.id(''backup''), ''monitors'', current_date)', null, 'S9'),
	('app.affiliation', 'derive',
		'insert into app.affiliation (organisation, person, party, kind, from_date) values (t.org(), t.id(''c''), '
		't.id(''host''), ''contracted'', current_date)', null, 'S9'),
	('app.operation', 'derive',
		'insert into app.operation (organisation, function, party, from_date) values (t.org(), t.id(''backup''), '
		't.id(''firm''), current_date)', null, 'S9'),
	('app.certification', 'derive',
		'insert into app.certification (organisation, party, kind, framework_name, from_date) values (t.org(), '
		't.id(''firm''), ''certification'', ''SOC 2'', current_date)', null, 'S9'),
	('app.membership', 'derive',
		'insert into app.membership (organisation, person, role, from_date) values (t.org(), t.id(''a''), '
		'''administrator'', current_date)', null, 'roles'),
	('app.assignment', 'derive',
		'insert into app.assignment (organisation, audit, part, person, role, assigned_on, assigned_by) values '
		'(t.org(), t.id(''audit''), t.id(''part-backup''), t.id(''o''), ''auditor'', current_date, t.id(''x''))', null,
		'S1'),
	('app.assignment', 'hands',
		'insert into app.assignment (organisation, audit, part, person, role, assigned_on, assigned_by) values '
		'(t.org(), t.id(''audit''), t.id(''part-access''), t.id(''d''), ''auditor'', current_date, t.id(''x''))', null,
		'S5'),
	('app.audit', 'derive', 'update app.audit set ended_on = current_date where id = t.id(''audit'')',
		'exists (select from app.claim c where c.source = t.id(''as-a'') and c.rule = ''S1'' and c.side = ''judges'')',
		'false'),
	('app.part_function', 'derive',
		'insert into app.responsibility (organisation, person, function, kind, from_date) values (t.org(), '
		't.id(''a''), t.id(''payroll''), ''monitors'', current_date);'
		' insert into app.part_function (organisation, part, function, audit) values (t.org(), t.id(''part-backup''), '
		't.id(''payroll''), t.id(''audit''))', null, 'S1'),
	('app.party', 'derive',
		'insert into app.operation (organisation, function, party, from_date) values (t.org(), t.id(''backup''), '
		't.id(''own''), current_date); update app.party set in_group = false where id = t.id(''own'')', null, 'S9'),
	('app.ending', 'guard', 'update app.ending set state = ''effective'' where id = t.id(''ending'')', null, 'N2006'),
	('auth.invitation', 'guard',
		'update auth.invitation set state = ''used''; update auth.invitation set state = ''replaced''', null, 'N2006'),
	('app.function', 'derive', 'update app.function set parent = t.id(''restore'') where id = t.id(''backup'')', null,
		'cycle'),
	('app.succession', 'derive',
		'insert into app.responsibility (organisation, person, function, kind, from_date) values (t.org(), '
		't.id(''a''), t.id(''payroll''), ''monitors'', current_date);'
		' insert into app.succession (organisation, predecessor, successor, on_date) values (t.org(), '
		't.id(''payroll''), t.id(''backup''), current_date)', null, 'S9'),
	('app.declaration', 'derive',
		'update app.declaration set lapsed_at = now(), lapse_reason = app.say(''lapse.signed_anew'') where '
		'assignment = t.id(''as-a'') and lapsed_at is null',
		't.id(''part-backup'') = any (ledger.held(t.org(), t.id(''a'')))', 'false'),
	('app.audit', 'guard', 'update app.audit set state = ''released'' where id = t.id(''audit'')', null, 'N2006'),
	('app.proposal', 'guard', 'update app.proposal set state = ''withdrawn'' where id = t.id(''proposal''); '
		'update app.proposal set state = ''open'' where id = t.id(''proposal'')', null, 'N2006'),
	('app.interest', 'derive', 'update app.interest set safeguard = null where id = t.id(''interest'')',
		't.id(''part-backup'') = any (ledger.held(t.org(), t.id(''b'')))', 'false'),
	('app.finding', 'derive', 'update app.finding set shared_at = now() where id = t.id(''f-draft'')',
		'(select t.id(''backup'') = any (readers) from app.finding where id = t.id(''f-draft''))', 'true'),
	-- no verb leads from the one state to the other
	('app.finding', 'guard', 'update app.finding set state = ''closed'' where id = t.id(''f-draft'')', null, 'N2006'),
	('app.dispute', 'guard', 'update app.dispute set state = ''stands'' where id = t.id(''dispute-disputed''); '
		'update app.dispute set state = ''open'' where id = t.id(''dispute-disputed'')', null, 'N2006'),
	('app.evidence_request', 'guard', 'update app.evidence_request set state = ''accepted'', decided_by = t.id(''b'') '
		'where id = t.id(''request'')', null, 'N2006'),
	('app.evidence', 'guard', 'update app.evidence set state = ''uploading'' where id = t.id(''ev-request'')', null,
		'N2006'),
	('app.response', 'guard', 'update app.response set state = ''submitted'', decided_by = null '
		'where id = t.id(''response-accepted'')', null, 'N2006'),
	('app.action', 'guard', 'update app.action set state = ''open'' where id = t.id(''act-implemented'')', null,
		'N2006'),
	('app.extension', 'guard', 'update app.extension set state = ''granted'', decided_by = t.id(''b'') '
		'where id = t.id(''extension''); update app.extension set state = ''declined'' where id = t.id(''extension'')',
		null, 'N2006'),
	('app.grading', 'guard', 'update app.grading set state = ''dropped'' where finding = t.id(''f-issued'')', null,
		'N2006'),
	('app.finding', 'b_readers',
		'update app.finding set owners = owners || t.id(''z'') where id = t.id(''f-accepted'')',
		'(select bool_and(t.id(''z'') = any (readers)) from app.action where finding = t.id(''f-accepted''))', 'true'),
	('app.act', 'keep_all', 'truncate app.act', null, 'the record of acts and arrangements is never changed'),
	('app.arrangement', 'keep_all', 'truncate app.arrangement', null,
		'the record of acts and arrangements is never changed'),
	('app.act', 'keep', 'delete from app.act', null, 'the record of acts and arrangements is never changed'),
	('app.arrangement', 'keep', 'update app.arrangement set verb = ''x''', null,
		'the record of acts and arrangements is never changed'),
	('app.finding', 'judged', 'update app.finding set graded_by = t.id(''d'') where id = t.id(''f-accepted'')', null,
		'S5'),
	('app.finding', 'named', 'update app.finding set verifier = t.id(''e'') where id = t.id(''f-issued'')',
		'exists (select from app.claim c where c.source = t.id(''f-issued'') and c.subject = t.id(''e'') and c.rule = '
		'''S1'' and c.object = t.id(''backup''))', 'true'),
	('app.finding', 'cells',
		'update app.finding set functions = functions || t.id(''restore'') where id = t.id(''f-draft'')',
		'(select count(*) from app.finding_cell where finding = t.id(''f-draft''))', '2'),
	('app.dispute', 'judged',
		'update app.dispute set state = ''decided'', decision = ''upheld'', decision_reason = ''x'', decided_by = '
		't.id(''c'') where id = t.id(''dispute-disputed'')',
		'(select side from app.claim where rule = ''S5'' and subject = t.id(''c'') and object = t.id(''f-disputed''))',
		'judges'),
	('app.grading', 'judged',
		'update app.grading set state = ''effective'', signed_by = t.id(''c'') where finding = t.id(''f-pending'') '
		'and state = ''pending''',
		'(select side from app.claim where rule = ''S5'' and subject = t.id(''c'') and object = t.id(''f-pending''))',
		'judges'),
	('app.response', 'derive',
		'update app.response set written_by = t.id(''b'') where id = t.id(''response-submitted'')', null, 'S5'),
	('app.action', 'a_derive', 'update app.action set owner = t.id(''b'') where id = t.id(''act-accepted'')', null,
		'S5'),
	('app.extension', 'derive', 'update app.extension set asked_by = t.id(''b'') where id = t.id(''extension'')', null,
		'S5'),
	('app.verification', 'derive',
		'insert into app.verification (organisation, finding, round, result, judgement, verified_by) values (t.org(), '
		't.id(''f-accepted''), 1, ''effective'', ''x'', t.id(''d''))', null, 'S5'),
	('app.attachment', 'derive',
		'insert into app.attachment (organisation, evidence, noun, subject, audit, part, function, attached_by) '
		'values (t.org(), t.id(''ev-papers''), ''request'', t.id(''request''), t.id(''audit''), '
		't.id(''part-backup''), t.id(''backup''), t.id(''ob''))', null, 'S5'),
	('app.publication', 'a_derive',
		'update app.publication set ended_at = now() where release = t.id(''release-published'')',
		't.id(''release-published'') = any (ledger.held(t.org(), t.id(''v'')))', 'false'),
	('app.release', 'a_derive',
		'insert into app.release select (jsonb_populate_record(r, jsonb_build_object(''id'', t.id(''new''), '
		'''revision'', 2, ''reference'', ''R-2'', ''recipient'', t.id(''m2'')))).* from app.release r where id = '
		't.id(''release-published'')',
		't.id(''new'') = any (ledger.held(t.org(), t.id(''m2'')))', 'true');
-- What is written beside a record is an event of it, with all of what is then so.
create function t.says(noun text, key text) returns text language sql as $$
	select format('ledger.says(t.org(), %1$L, t.id(%2$L), app.content(%1$L, (select to_jsonb(x) from app.%1$I x '
		'where id = t.id(%2$L)))) and (select version from app.%1$I where id = t.id(%2$L)) = %3$s', noun, key,
		t.version(noun, key) + 1)
$$;
insert into t.triggered values
	('app.part_function', 'changed_within',
		'insert into app.part_function (organisation, part, function, audit) values (t.org(), t.id(''part-cards''), '
		't.id(''payroll''), t.id(''audit''))', t.says('part', 'part-cards'), 'true'),
	('app.audit_requirement', 'changed_within',
		'delete from app.audit_requirement where audit = t.id(''audit-fresh'')', t.says('audit', 'audit-fresh'),
		'true'),
	('app.release_evidence', 'changed_within',
		'delete from app.release_evidence where release = t.id(''release-published'')',
		t.says('release', 'release-published'), 'true');
-- A past end counts from today, and is written down as an end of its own.
insert into t.triggered
	select 'app.' || p.noun, x.name, t.insert_period(p.noun, p.columns, p.fields), replace(x.probe, 'NOUN', p.noun),
		'true'
	from (values ('responsibility', 'person, function, kind', 't.id(''z''), t.id(''payroll''), ''monitors'''),
		('affiliation', 'person, party, kind', 't.id(''z''), t.id(''rival''), ''contracted'''),
			('operation', 'function, party', 't.id(''payroll''), t.id(''rival'')'),
				('certification', 'party, kind, framework_name', 't.id(''rival''), ''certification'', ''SOC 2'''),
				('membership', 'person, role', 't.id(''z''), ''management''')) p (noun, columns, fields),
		(values ('counts', '(select counts_until = current_date from app.NOUN where id = t.id(''new''))'),
			('first_ending',
			'exists (select from app.ending where noun = ''NOUN'' and subject = t.id(''new'') and state = '
			'''proposed'')')) x (name, probe);
-- A change is a version (stamp) and an event (changed); of what is never changed, to be added is one.
create function t.added(relation regclass) returns text language sql as $$
	select format('insert into %s (%s) select %s from %s x limit 1', relation,
		string_agg(quote_ident(a.attname), ', ' order by a.attnum),
		string_agg(case when a.attname = 'id' then 't.id(''new'')' when a.attname = 'evidence'
			and relation = 'app.attachment'::regclass then 't.id(''said-a'')' else format('x.%I', a.attname) end,
			', ' order by a.attnum), relation)
	from pg_attribute a where a.attrelid = relation and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
$$;
insert into t.triggered
	select g.tgrelid::regclass::text, g.tgname,
		case when exists (select from pg_trigger s where s.tgrelid = g.tgrelid and s.tgname = 'stamp')
		then format(
		'update %s set created_at = created_at - interval ''1 second'' where ctid = (select min(ctid) from %s)',
		g.tgrelid::regclass, g.tgrelid::regclass) else t.added(g.tgrelid) end,
		case g.tgname
			when 'stamp' then format('(select sum(version) - %s from %s)',
			(
			xpath('//s/text()',
			query_to_xml(format('select sum(version) as s from %s', g.tgrelid::regclass), false, true, '')))[1],
			g.tgrelid::regclass)
			else format('(select count(*) from ledger.event where kind like %L) - %s',
				split_part(encode(g.tgargs, 'escape'), '\000', 1) || '.%',
				(select count(*) from ledger.event where kind like split_part(encode(g.tgargs, 'escape'), '\000', 1)
				|| '.%')) end, '1'
	from pg_trigger g join pg_class c on c.oid = g.tgrelid where not g.tgisinternal and t.is_ours(c.relnamespace)
		and g.tgname in ('stamp', 'changed');

-- What hangs on a finding is added with its readers. (An action to a finding of its own: a new owner would read it too,
-- and what hangs on it would be read anew.)
insert into t.triggered
	select g.tgrelid::regclass::text, g.tgname,
		format('insert into %1$s select (jsonb_populate_record(x, jsonb_build_object(''id'', t.id(''new''), '
		'''finding'', f.id, ''round'', 99, ''number'', 99, ''reference'', ''99'', '
		'''action'', t.id(''act-implemented''), ''readers'', array[t.id(''z'')]))).* '
		'from %1$s x, app.finding f where f.id = %2$s limit 1', g.tgrelid::regclass,
			case g.tgrelid when 'app.action'::regclass then 'x.finding' else 't.id(''f-cards'')' end),
		format('(select x.readers = f.readers from %s x join app.finding f on f.id = x.finding '
		'where x.id = t.id(''new''))', g.tgrelid::regclass), 'true'
	from pg_trigger g where g.tgname = 'a_readers';

select is((select array_agg(format('%s: %s', g.tgrelid::regclass, g.tgname) order by 1) from pg_trigger g
	join pg_class c on c.oid = g.tgrelid where not g.tgisinternal and t.is_ours(c.relnamespace)
	and not exists (select from t.triggered x where x.relation = g.tgrelid::regclass::text and x.name = g.tgname)),
		null, 'every trigger has an act');
select is(t.outcome(null, x.statement, x.probe), x.wanted, format('%s: trigger %s: %s', x.relation, x.name, x.wanted))
	from t.triggered x order by x.relation, x.name;
select isnt(t.outcome(format('alter table %s disable trigger %I', x.relation, x.name), x.statement, x.probe), x.wanted,
	format('%s: trigger %s is what does it', x.relation, x.name)) from t.triggered x order by x.relation, x.name;

select is((select array_agg(c.oid::regclass::text order by 1) from pg_class c join pg_attribute a on a.attrelid = c.oid
	and a.attname = 'version' and not a.attisdropped
	where t.is_ours(c.relnamespace) and c.relkind = 'r'
		and not exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgname in ('stamp', 'changed'))),
		'{ledger.event}', 'whatever has versions counts them, or is an event when it is added');

select * from finish();
rollback;
