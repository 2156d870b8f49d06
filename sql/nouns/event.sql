create view record.event with (security_invoker = true) as
select app.org() as organisation, h.position, h.at, h.actor, h.kind, h.about as subject, h.version
from ledger.history(app.org(), app.me(), null, null, 200) h;
comment on view record.event is
	'Something that happened to a record, without the record''s content: that is read by the record''s own method.';
comment on column record.event.position is
	'! Where it stands in the one order of all events; `events.subscribe` resumes after it.';
comment on column record.event.at is '! When.';
comment on column record.event.actor is
	'The person who did it; null where the machine''s operator or the calendar did.';
comment on column record.event.kind is
	'! What: noun.created, noun.STATE, noun.changed, noun.removed; token.gained, token.changed, token.lost.';
comment on column record.event.subject is
	'! The record it happened to; of token.*, what the reader''s rights are to (a part, an audit, a function, a '
	'release, a role).';
comment on column record.event.version is '{
	"doc": "The version that the record had from then on; null of what has none: rights, a code that was asked for, '
		'a word of progress.",
	"not_null": false}';

create or replace function method.event_list(_subject uuid default null, _limit integer default null,
	_after text default null) returns jsonb
language plpgsql stable as $$
declare
	most constant integer := coalesce(_limit, 50);
	items jsonb;
	last bigint;
begin
	if _after !~ '^[0-9]{1,18}$' then
		perform app.refuse_param('after', 'param.after', '{}');
	end if;
	select coalesce(
		jsonb_agg(jsonb_build_object('organisation', app.org(), 'position', h.position, 'at', h.at, 'actor', h.actor,
			'kind', h.kind, 'subject', h.about, 'version', h.version) order by h.position desc), '[]'),
		case when count(*) = most then min(h.position) end
	into items, last
	from ledger.history(app.org(), app.me(), _subject, _after::bigint, most) h;
	return jsonb_build_object('items', items, 'after', last::text, 'partial', false);
end
$$;
comment on function method.event_list is '{
	"doc": "What happened, newest first: to one record, or to everything that the caller may see.",
	"roles": ["member"], "access": "read", "result": "event[]",
	"params": {"subject": {"doc": "The record; absent: everything."}}}';

-- The server calls this for events.subscribe, and again for each further page.
create or replace function method.events_open(_after bigint default null, _incarnation uuid default null,
	_most integer default null) returns jsonb
language plpgsql stable as $$
begin
	return ledger.open(app.org(), app.me(), _after, _incarnation, least(greatest(coalesce(_most, 1000), 1), 1000));
end
$$;
comment on function method.events_open is '{
	"doc": "Where the ledger stands, what the caller holds and what they missed after a position.",
	"roles": ["member"], "access": "read", "wire": false, "result": {"type": "object"},
	"params": {
		"after": {"doc": "The last position seen; absent: from now on."},
		"incarnation": {"doc": "The incarnation of that position."},
		"most": {"doc": "At most so many of the missed."}}}';
