-- What the caller owes (core/due.sql keeps it).

create or replace function method.due_list(_audit uuid default null, _overdue bool default null,
	_until app.day default null, _limit int default null, _after text default null) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	size constant int := coalesce(_limit, 50);
	mark constant text := app.page_mark('due', 'due', false, row(_audit, _overdue, _until)::text);
	begun constant record := app.page_place(mark, _after, '{"type": "date", "nullable": true}');
	reach constant uuid[] := app.my_reach();
	d app.due;
	item jsonb;
	items jsonb[] := '{}';
	walked int := 0;
	more bool := false;
begin
	if size not between 1 and 200 then
		perform app.refuse_param('limit', 'param.limit', '{}');
	end if;
	for d in
		select x.* from app.due x
		where x.organisation = app.org() and x.token = any (reach) and (_audit is null or x.audit = _audit)
			and (_overdue is null or coalesce(x.on_day < app.today(), false) = _overdue)
			and (_until is null or x.on_day <= _until)
			and (_after is null or (coalesce(x.on_day, 'infinity'), x.id)
				> (coalesce(begun.value::date, 'infinity'), begun.id))
		order by coalesce(x.on_day, 'infinity'), x.id
	loop
		more := cardinality(items) = size or walked = 1000;
		exit when more;
		walked := walked + 1;
		item := app.due_item(d);
		if item is not null then
			items := items || item;
		end if;
		_after := app.page_cursor(mark, d.on_day::text, d.id);
	end loop;
	return jsonb_build_object('items', to_jsonb(items), 'after', case when more then _after end,
		'partial', more and cardinality(items) < size);
end
$$;
comment on function method.due_list is '{
	"doc": "What you owe: each thing that waits for you and that you could do now, the earliest day first, those '
		'without a day last. What you could not do (S4, S5, S11: somebody else must) is not in it.",
	"roles": ["member"], "access": "read",
	"result": {
		"type": "object", "required": ["items", "after", "partial"], "additionalProperties": false,
		"properties": {
			"items": {"type": "array", "items": {
				"type": "object", "additionalProperties": false,
				"required": ["id", "noun", "subject", "reference", "title", "method", "what", "say", "audit",
					"audit_reference", "due", "overdue", "since"],
				"properties": {
					"id": {"type": "string", "format": "uuid"},
					"noun": {"type": "string"},
					"subject": {"type": "string", "format": "uuid", "description": "The record that waits."},
					"reference": {"type": ["string", "null"]},
					"title": {"type": ["string", "null"]},
					"method": {"type": "string", "description": "What settles it."},
					"what": {"type": "string", "description": "What is to be done, in words."},
					"say": {"type": "object", "description": "The same as a sentence: id and args."},
					"audit": {"type": ["string", "null"], "format": "uuid"},
					"audit_reference": {"type": ["string", "null"]},
					"due": {"type": ["string", "null"], "format": "date", "description": "By when."},
					"overdue": {"type": "boolean"},
					"since": {"type": "string", "format": "date-time", "description": "Since when it waits."}}}},
			"after": {"type": ["string", "null"]},
			"partial": {"type": "boolean"}}},
	"params": {
		"audit": {"doc": "Of one audit."},
		"overdue": {"doc": "Whose day has passed, or has not."},
		"until": {"doc": "Due by this day."},
		"limit": {"doc": "At most so many: 1 to 200, 50 when absent."},
		"after": {"doc": "Where the last page ended, as it said."}}}';
