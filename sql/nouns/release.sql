-- Releases: the lead releases the report to the recipient whom management named; management publishes it to an outside
-- party until a date; every reading is recorded (S8).

create policy read on app.release_evidence for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.i_have('management')) then true
		else release = any ((select app.my_releases())::uuid[]) end);
create policy publish on app.release_evidence for insert to ninetwo_api
	with check (organisation = (select app.org()) and (select app.i_have('management')));
-- To whom else it went is the business of management, the recipient and the lead; an observer sees their own party's.
create policy read on app.publication for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.i_have('management')) then true
		when (select app.i_have('observer')) then party = any ((select app.my_parties())::uuid[])
		else release = any ((select app.my_releases())::uuid[]) end);
create policy publish on app.publication for insert to ninetwo_api
	with check (organisation = (select app.org()) and (select app.i_have('management')));
create policy change on app.publication for update to ninetwo_api
	using (organisation = (select app.org()) and (select app.i_have('management')));
create policy read on app.reading for select to ninetwo_api using (organisation = (select app.org())
	and case when (select app.i_have('management')) then true when person = (select app.me()) then true
		else case when (select app.i_have('observer')) then false
			else release = any ((select app.my_releases())::uuid[]) end end);
create policy record on app.reading for insert to ninetwo_api
	with check (organisation = (select app.org()) and person = (select app.me()));

create trigger stamp before update on app.release for each row execute function app.stamp();
create trigger changed after insert or update on app.release for each row execute function app.changed('release');
create trigger stamp before update on app.publication for each row execute function app.stamp();
create trigger changed after insert or update on app.publication for each row
	execute function app.changed('publication');
create trigger changed after insert on app.reading for each row execute function app.changed('reading');
create trigger changed_within after insert or update or delete on app.release_evidence for each row
	execute function app.changed_within('release');

create or replace function app.content_release(_row jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return _row - 'content' || jsonb_build_object('evidence', array(select e.evidence from app.release_evidence e
		where e.organisation = (_row ->> 'organisation')::uuid and e.release = (_row ->> 'id')::uuid order by 1));
end
$$;
comment on function app.content_release(jsonb) is
	'A release with the evidence that goes out with it, and its report by the digest alone.';

-- Who reads a release as its recipient or its lead, as app.release_holding() lets them.
create or replace function app.release_keepers(_organisation uuid, _release uuid) returns setof uuid
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select r.recipient from app.release r where r.organisation = _organisation and r.id = _release
	union
	select s.person from app.release r
	join app.assignment s on s.organisation = r.organisation and s.audit = r.audit and s.role = 'lead'
		and (s.ended_on is null or s.person = r.released_by)
	where r.organisation = _organisation and r.id = _release;
end
$$;

create or replace function app.audience_publication(_organisation uuid, _id uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (
		select app.role_token(_organisation, 'management')
			|| array(select app.release_keepers(_organisation, p.release))
		|| array(select m.person from app.membership m where m.organisation = _organisation and m.role = 'observer'
			and m.held @> app.today() and (m.party = p.party or exists (select from app.affiliation a
				where a.organisation = _organisation and a.person = m.person and a.party = p.party
					and a.held @> app.today())))
	from app.publication p where p.organisation = _organisation and p.id = _id);
end
$$;

create or replace function app.audience_reading(_organisation uuid, _id uuid) returns uuid[]
language plpgsql stable security definer set search_path = '' as $$
begin
	return (select array[app.role_token(_organisation, 'management'), g.person]
		|| array(select app.release_keepers(_organisation, g.release))
	from app.reading g where g.organisation = _organisation and g.id = _id);
end
$$;

-- A release gives its readers a token; so does a publication, until its date. Before the event, which is for them
-- (names order triggers).
create or replace function app.derive_release() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
	perform ledger.sync(new.organisation, variadic array(
		select s.person from app.assignment s where s.organisation = new.organisation and s.audit = new.audit
			and s.role = 'lead'
		union select new.recipient));
	return null;
end
$$;
create trigger a_derive after insert on app.release for each row execute function app.derive_release();

-- What stands between an audit and its release

-- The lead says why requirements of the plan are left without a check; the caller has the audit's line.
create or replace function app.leave_uncovered(_audit uuid, _not_covered jsonb) returns void
language plpgsql security definer set search_path = '' as $$
begin
	if exists (select from jsonb_array_elements(_not_covered) x
		where ((x ->> 'requirement')::uuid = any (array(select r.requirement from app.audit_requirement r
			where r.organisation = app.org() and r.audit = _audit
				and not exists (select from app.check c where c.organisation = r.organisation and c.audit = r.audit
					and c.requirement = r.requirement)))) is not true) then
		perform app.refuse_param('not_covered', 'param.not_covered', '{}');
	end if;
	update app.audit_requirement r set not_covered = x ->> 'reason' from jsonb_array_elements(_not_covered) x
	where r.organisation = app.org() and r.audit = _audit and r.requirement = (x ->> 'requirement')::uuid;
end
$$;

-- One thing that stands in the way, and the method that removes it.
create or replace function app.blocker(_rule text, _say text, _args jsonb, _verb text) returns app.refusal
language plpgsql immutable set search_path = '' as $$
begin
	return app.no(_rule, 'release.' || _say, _args, jsonb_build_object('verb', _verb));
end
$$;

create or replace function app.release_obstacles(_audit uuid) returns setof app.refusal
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	with checks as (
		select c.* from app.check c where c.organisation = app.org() and c.audit = _audit),
	findings as (
		select f.* from app.finding f where f.organisation = app.org() and f.audit = _audit and f.state <> 'withdrawn'),
	team as (
		select s.* from app.assignment s where s.organisation = app.org() and s.audit = _audit and s.ended_on is null)
	select b.* from (
		select 1, c.number, app.blocker('check', 'check_open', jsonb_build_object('number', c.number, 'ref', c.ref,
			'function', c.function), 'check.record')
		from checks c where c.result is null
		union all
		select 2, c.number, app.blocker(case when c.impaired_at is not null then 'S9' else 'S12' end,
			'check_unreviewed', jsonb_build_object('number', c.number), 'check.review')
		from checks c where (c.review_needed or c.impaired_at is not null) and c.reviewed_by is null
		union all
		select 3, r.number, app.blocker('S9', 'request_unreviewed', jsonb_build_object('number', r.number),
			'request.review')
		from app.evidence_request r where r.organisation = app.org() and r.audit = _audit and r.impaired_at is not null
			and r.reviewed_by is null
		union all
		select 4, f.number, app.blocker(case when f.impaired_at is not null then 'S9' else 'S12' end,
			'finding_unreviewed', jsonb_build_object('finding', f.id), 'finding.review')
		from findings f where (f.review_needed or f.impaired_at is not null) and f.reviewed_by is null
		union all
		select 5, f.number, app.blocker('finding', 'finding_draft', jsonb_build_object('finding', f.id),
			'finding.issue')
		from findings f where f.state in ('draft', 'shared')
		union all
		select 6, f.number, app.blocker('dispute', 'dispute_open', jsonb_build_object('finding', f.id),
			'dispute.decide')
		from findings f join app.dispute d on d.organisation = f.organisation and d.finding = f.id
		where d.state = 'open' and d.decide_by >= app.today()
		union all
		select 7, f.number, app.blocker('S6', 'grading_unsigned', jsonb_build_object('finding', f.id), 'finding.sign')
		from app.finding f join app.grading g on g.organisation = f.organisation and g.finding = f.id
			and g.state = 'pending'
		where f.organisation = app.org() and f.audit = _audit
		union all
		select 8, 0, app.blocker('S7', 'unconfirmed', jsonb_build_object('person', s.person), 'declaration.confirm')
		from team s where not exists (select from app.declaration d where d.organisation = s.organisation
			and d.assignment = s.id and d.lapsed_at is null
			and d.confirmed_at >= coalesce((select max(f.issued_at) from app.finding f
				where f.organisation = s.organisation and f.audit = _audit), d.confirmed_at))
		union all
		select 9, 0, app.blocker('S7', 'interest_open', jsonb_build_object('person', i.person), 'safeguard.record')
		from app.interest i
		where i.organisation = app.org() and i.audit = _audit and i.safeguard is null and i.withdrawn_at is null
			and exists (select from team s where s.person = i.person)
		union all
		select 10, 0, app.no(r.rule, r.data #>> '{say,id}', r.data #> '{say,args}', r.data
			|| jsonb_build_object('verb', case r.data ->> 'missing' when 'lead' then 'competence.record'
				else 'assignment.assign' end))
		from app.uncovered_criteria(app.org(), _audit) r
		union all
		select 10, 0, app.waits_refusal(app.org(), _audit, 'release.waits')
		union all
		select 11, 0, app.blocker('conclusion', 'conclusion', '{}', 'audit.conclude')
		from app.audit a where a.organisation = app.org() and a.id = _audit and a.conclusion is null
		union all
		select 12, 0, app.blocker('recipient', 'recipient', '{}', 'audit.name_recipient')
		from app.audit a where a.organisation = app.org() and a.id = _audit and a.recipient is null
	) x (kind, n, blocker)
	cross join lateral (select (x.blocker).*) b
	where b.code is not null
	order by x.kind, x.n;
end
$$;
comment on function app.release_obstacles(uuid) is
	'What stands between an audit and its release, each with its rule and the method that removes it; none when it may '
	'be released.';

create or replace function app.release_blockers(_audit uuid) returns table (rule text, text text)
language plpgsql stable security definer set search_path = '' as $$
begin
	return query
	select b.data ->> 'rule', app.words(b.say, b.args)
	from app.release_obstacles(_audit) with ordinality b (code, say, args, data, n) order by b.n;
end
$$;
comment on function app.release_blockers(uuid) is 'The same in words.';

create or replace function app.release_needs(_a app.audit) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
declare
	blockers constant app.refusal[] := array(select b from app.release_obstacles(_a.id) b);
begin
	if blockers <> '{}' then
		return app.no('release', 'release.blocked', jsonb_build_object('blockers',
				(select jsonb_agg(app.say(b.say, b.args)) from unnest(blockers[:10]) b)),
			jsonb_build_object('count', cardinality(blockers),
				'rules', (select jsonb_agg(distinct b.data -> 'rule') from unnest(blockers) b))) || blockers;
	elsif _a.state <> 'reporting' and not _a.revision_due
		and exists (select from app.release r where r.organisation = app.org() and r.audit = _a.id) then
		return array[app.no('revision', 'release.no_revision', '{}', jsonb_build_object('audit', _a.id))];
	end if;
	return '{}';
end
$$;
comment on function app.release_needs(app.audit) is
	'Everything that stands between an audit and its report: a word on all of it, then each; or that nothing asks for '
	'one.';

create or replace function app.revised_refusal(_r app.release) returns app.refusal[]
language plpgsql stable set search_path = '' as $$
begin
	return case when exists (select from app.release x where x.organisation = _r.organisation and x.audit = _r.audit
		and x.revision > _r.revision)
		then array[app.no('revised', 'release.revised', '{}', jsonb_build_object('release', _r.id))] end;
end
$$;

-- What goes out with a release was attached within its audit; management reads it for that, and who published it goes
-- on reading it.
create or replace function app.release_add(_release uuid, _evidence uuid[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
	e uuid;
begin
	foreach e in array coalesce(_evidence, '{}') loop
		if not exists (select from app.attachment t join app.release r on r.organisation = t.organisation
			and r.audit = t.audit
				where t.organisation = app.org() and r.id = _release and t.evidence = e) then
			perform app.refuse_not_found('evidence');
		elsif app.from_outside(e) then
			perform app.refuse(app.no('leave', 'release.leave', '{}', jsonb_build_object('evidence', e)));
		end if;
	end loop;
	insert into app.release_evidence (organisation, release, evidence)
		select app.org(), _release, x from unnest(_evidence) x on conflict do nothing;
end
$$;

create view app.called_release as select r.id, r.reference from app.release r where r.organisation = app.org();
grant select on app.called_release to ninetwo_api;

create view record.release with (security_invoker = true) as
	select r.organisation, r.id, r.version, r.kind, r.reference, r.revision, r.title, r.audit, r.recipient,
		r.released_by,
		encode(r.sha256, 'hex') as sha256,
		(
			select coalesce(
			jsonb_agg(jsonb_build_object('id', p.id, 'party', p.party, 'name', app.party_name(p.organisation, p.party),
			'until', p.until,
				'ended_at', p.ended_at, 'at', p.created_at) order by p.created_at, p.id), '[]')
			from app.publication p where p.organisation = r.organisation and p.release = r.id) as publications,
		(
			select coalesce(
			jsonb_agg(jsonb_build_object('evidence', e.id, 'title', e.title, 'file_name', e.file_name, 'size', e.size)
			order by e.title, e.id), '[]')
			from app.release_evidence x join app.evidence e on e.organisation = x.organisation and e.id = x.evidence
			where x.organisation = r.organisation and x.release = r.id) as evidence,
		r.created_at, r.updated_at
	from app.release r;
comment on view record.release is '{
	"doc": "A report as it was released; release.get has its content.",
	"list": "The releases that you may read.",
	"sorts": "-created_at, reference=sort_key",
	"walks": "reference, audit",
	"q": "reference, title",
	"by": "audit, kind",
	"filters": {
		"reference": "With one of these references.",
		"audit": "Of this audit.",
		"kind": "Of this kind.",
		"recipient": "To this person."}}';
comment on column record.release.kind is '!report.';
comment on column record.release.reference is '!As IA-2026-01-RE-1.';
comment on column record.release.revision is '!1, or a revision, which goes to the same recipients.';
comment on column record.release.title is '!Its title.';
comment on column record.release.audit is '!Its audit.';
comment on column record.release.recipient is '!Who in relevant management it was released to (9.2.2).';
comment on column record.release.released_by is '!The lead who released it.';
comment on column record.release.sha256 is '!The SHA-256 of its content, in hexadecimal.';
comment on column record.release.publications is '{
	"doc": "To whom management published it, and until when; an observer sees their own party''s.",
	"not_null": true,
	"schema": {
		"type": "array",
		"items": {
			"type": "object", "required": ["id", "party", "name", "until", "ended_at", "at"],
			"additionalProperties": false,
			"properties": {
				"id": "uuid", "party": "uuid", "name": "text?", "until": "date", "ended_at": "timestamptz?",
				"at": "timestamptz"}}}}';
comment on column record.release.evidence is '{
	"doc": "Evidence that goes out with it.",
	"not_null": true,
	"schema": {
		"type": "array",
		"items": {
			"type": "object", "required": ["evidence", "title", "file_name", "size"], "additionalProperties": false,
			"properties": {"evidence": "uuid", "title": "text", "file_name": "text?", "size": "int8"}}}}';
comment on column record.release.created_at is '!When it was released: the day of delivery.';
comment on column record.release.updated_at is '!When it last changed.';

create or replace function method.release_show(_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return app.one('release', _id);
end
$$;
comment on function method.release_show is '{
	"doc": "A release without its content: to whom it went, until when.",
	"roles": ["member"], "access": "read", "result": "release",
	"params": {"id": {"doc": "The release."}}}';

create or replace function method.release_get(_id uuid) returns jsonb
language plpgsql set search_path = '' as $$
declare
	r jsonb;
begin
	select to_jsonb(x) into r from record.report x where x.organisation = app.org() and x.id = _id;
	if r is null then
		perform app.refuse_not_found('release');
	end if;
	insert into app.reading (organisation, release) values (app.org(), _id);
	return r;
end
$$;
comment on function method.release_get is '{
	"doc": "Read what was released. Each reading is recorded (S8).",
	"roles": ["member"], "access": "recorded", "result": "report",
	"params": {"id": {"doc": "The release."}}}';

create or replace function method.release_blockers(_audit uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform method.audit_get(_audit);
	if not _audit = any (app.my_audits()) then
		perform app.refuse(app.no('place', 'release.team', '{}', jsonb_build_object('audit', _audit)));
	end if;
	return (select coalesce(jsonb_agg(jsonb_build_object('rule', b.rule, 'text', b.text)), '[]')
		from app.release_blockers(_audit) b);
end
$$;
comment on function method.release_blockers is '{
	"doc": "What stands between an audit and its release; nothing when it may be released.",
	"roles": ["auditor"], "access": "read",
	"result": {
		"type": "array",
		"items": {
			"type": "object", "properties": {"rule": {"type": "string"}, "text": {"type": "string"}},
			"required": ["rule", "text"], "additionalProperties": false}},
	"params": {"audit": {"doc": "The audit; you are on its team."}}}';

create or replace function method.release_report(_audit app.audit) returns uuid
language plpgsql set search_path = '' as $$
begin
	return app.report_freeze(_audit);
end
$$;
comment on function method.release_report is '{
	"doc": "Release the audit''s report to the recipient whom management named: it is frozen, and the audit is '
		'released. After a fact that came to light later, release its revision.",
	"roles": ["auditor"], "access": "write", "result": "release", "version": true, "acts": "judges",
	"place": "app.lead_refusal(_r.id)",
	"audit": ["reporting", "released", "closed"],
	"needs": "app.release_needs(_r)",
	"params": {
		"audit": {"doc": "The audit, which you lead."},
		"version": {"doc": "The version of the audit that you saw."}}}';

create or replace function method.release_publish(_release app.release, _party uuid, _until app.day,
	_note app.prose default null, _evidence uuid[] default null) returns void
language plpgsql set search_path = '' as $$
begin
	perform app.require_seen('party', _party);
	if _until < app.today() then
		perform app.refuse(app.no('until', 'release.until', '{}', jsonb_build_object('until', _until)));
	end if;
	perform method.evidence_get(e) from unnest(_evidence) e;
	update app.publication p set until = _until, note = _note where p.organisation = app.org()
		and p.release = _release.id and p.party = _party and p.ended_at is null;
	if not found then
		insert into app.publication (organisation, release, party, until, note)
			values (app.org(), _release.id, _party, _until, _note);
	end if;
	perform app.release_add(_release.id, _evidence);
	perform app.release_touch(_release);
end
$$;
comment on function method.release_publish is '{
	"doc": "Publish a release to an outside party, whose observers read it until a date. Evidence that a supplier '
		'gave goes out with their leave or the contract''s only.",
	"roles": ["management"], "access": "write", "result": "release", "version": true,
	"needs": "app.revised_refusal(_r)",
	"params": {
		"id": {"doc": "The release."},
		"version": {"doc": "The version that you saw."},
		"party": {"doc": "The certification body, customer or regulator."},
		"until": {"doc": "The last day on which they read it."},
		"note": {"doc": "Why, or under what terms."},
		"evidence": {"doc": "Evidence of the same audit that goes out with it.", "schema": {"maxItems": 100}}}}';

create or replace function method.release_end(_release app.release, _party uuid) returns void
language plpgsql set search_path = '' as $$
begin
	update app.publication p set ended_at = now() where p.organisation = app.org() and p.release = _release.id
		and p.party = _party and p.ended_at is null;
	if not found then
		perform app.refuse(app.no('published', 'release.not_published', '{}',
			jsonb_build_object('release', _release.id, 'party', _party)));
	end if;
	perform app.release_touch(_release);
end
$$;
comment on function method.release_end is '{
	"doc": "End a publication before its date: the party''s observers lose it at once.",
	"roles": ["management"], "access": "write", "result": "release", "version": true,
	"params": {
		"id": {"doc": "The release."},
		"version": {"doc": "The version that you saw."},
		"party": {"doc": "The party."}}}';

create or replace function method.release_readings(_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	perform method.release_show(_id);
	return (
		select coalesce(
		jsonb_agg(jsonb_build_object('person', g.person, 'name', app.person_name(g.organisation, g.person),
		'evidence', g.evidence,
			'at', g.created_at) order by g.created_at desc, g.id desc), '[]')
		from (select x.* from app.reading x where x.organisation = app.org() and x.release = _id
			order by x.created_at desc, x.id desc limit 1000) g);
end
$$;
comment on function method.release_readings is '{
	"doc": "Who read a release, and when: the last 1,000 readings. An observer sees their own.",
	"roles": ["member"], "access": "read",
	"result": {
		"type": "array",
		"items": {
			"type": "object",
			"properties": {
				"person": {"type": "string", "format": "uuid"}, "name": {"type": ["string", "null"]},
				"evidence": {"type": ["string", "null"], "format": "uuid"},
				"at": {"type": "string", "format": "date-time"}},
			"additionalProperties": false}},
	"params": {"id": {"doc": "The release."}}}';

-- A publication is a new version of its release, unless evidence that was added with it made it one.
create or replace function app.release_touch(_release app.release) returns void
language plpgsql security definer set search_path = '' as $$
begin
	update app.release r set version = r.version + 1 where r.organisation = app.org() and r.id = _release.id
		and r.version = _release.version;
end
$$;
