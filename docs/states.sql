-- The states of records and the verbs between them, drawn (Mermaid), for docs/reference.md.
select e'\n## States\n\nWhich verb leads from which state to which. A verb is refused in any other state. `by itself`: a date, or what '
	'is done to another record, does it. Verbs that leave the state as it is stand below each picture.';
with steps as (
	select t.noun, t.was, t.becomes, string_agg(distinct t.verb, ', ' order by t.verb) as verbs
	from app.transitions() t where t.was is distinct from t.becomes group by 1, 2, 3
), stays as (
	select t.noun, format('| `%s.%s` | %s |', t.noun, t.verb, string_agg(t.was, ', ' order by t.was)) as line
	from app.transitions() t where t.was = t.becomes group by t.noun, t.verb
)
select concat_ws(e'\n', e'\n### ' || n.noun, '', '```mermaid', 'stateDiagram-v2',
	(select string_agg(format(e'\t%s --> %s: %s', coalesce(s.was, '[*]'), s.becomes, s.verbs), e'\n'
		order by s.was nulls first, s.becomes) from steps s where s.noun = n.noun),
	'```',
	(select e'\n| verb | in |\n|---|---|\n' || string_agg(s.line, e'\n' order by s.line) from stays s
		where s.noun = n.noun))
from (select distinct noun from steps) n order by n.noun;
