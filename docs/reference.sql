-- The kinds of event, from what makes them: the triggers that write an event for each change, the states of their
-- records, and the functions that
-- write one of their own. One line each: kinds, a tab, what they say.
with tables as (
	select c.oid, split_part(encode(t.tgargs, 'escape'), '\000', 1) as noun, t.tgtype::integer & 16 > 0 as changes,
		t.tgtype::integer & 8 > 0 as removes,
		obj_description(c.oid, 'pg_class') as about,
		(select a.atttypid from pg_attribute a where a.attrelid = c.oid and a.attname = 'state' and not a.attisdropped)
			as state
	from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgfoid = 'app.changed()'::regprocedure
), states as (
	select t.noun, e.enumlabel as state, e.enumsortorder::integer as nth from tables t
		join pg_enum e on e.enumtypid = t.state
	union all
	select t.noun, m.label[1], m.nth from tables t join pg_constraint k on k.conrelid = t.oid and k.contype = 'c',
		regexp_matches(pg_get_constraintdef(k.oid), '''([a-z_]+)''::text', 'g') with ordinality m (label, nth)
	where pg_get_constraintdef(k.oid) ~ '^CHECK \(\(state = ANY \(ARRAY\[[^]]*\]\)\)\)$'
), kinds as (
	select t.noun, t.noun || '.created'
		|| coalesce((select ', ' || string_agg(t.noun || '.' || s.state, ', ' order by s.nth) from states s
			where s.noun = t.noun and t.changes), '')
		|| case when t.changes then ', ' || t.noun || '.changed' else '' end
		|| case when t.removes then ', ' || t.noun || '.removed' else '' end as kind,
		coalesce(split_part(t.about, '.', 1), '') as about
	from tables t
	union all
	select m.found[1] || '~', m.found[1], coalesce(w.means, p.oid::regproc::text)
	from pg_proc p cross join regexp_matches(p.prosrc, 'ledger\.record\(([^,]*),', 'g') c (kind)
	cross join regexp_matches(c.kind[1], '''([a-z]+\.[a-z_]+)''', 'g') m (found)
	left join (values ('function.replaced',
		'Another function takes its place, wholly or in part, with its responsibilities'),
		('person.disabled', 'The operator shut a person out'), ('person.enabled', 'The operator let a person in again'),
		('person.invited', 'A one-time code was made for a person without a password'),
		('person.reset',
		'A one-time code was made for a person who has a password; the leads of their open audits see it'),
		('session.ended', 'A session or a bearer token is over before its time; its content says why')) w (kind, means)
			on w.kind = m.found[1]
	union all
	select v || '~', v, w from (values ('token.gained', 'Somebody may see more from here on: read anew'),
		('token.changed', 'Until when they may see it has changed'),
			('token.lost', 'Somebody may see less from here on')) k (v, w)
)
select kind || e'\t' || about from kinds order by noun, kind;
