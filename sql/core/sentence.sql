-- Sentences: what a refusal, a reason or a stored remark says is kept as {id, args} and read when it is shown, so that
-- a client may speak another language and a name is never stored. The texts stand in rules/sentences.sql.
--
-- In a text {person} stands for the argument `person`. An id is shown by its name when its argument is called person,
-- function, party, audit, part, finding or framework, or ends so (owner_person); by its title or e-mail address when it
-- is called audit_title or person_email. A list is joined (sentences by semicolons, reasons by blanks); an argument
-- that is itself {id, args} is a sentence; whatever else there is stands as it is, with blanks for underscores in words
-- of a type.

create or replace function app.shown(_name text, _value jsonb) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
	kind constant text := substring(_name from
		'(?:^|_)(person|person_email|function|party|audit|audit_title|part|finding|framework)s?$');
	parts text[];
begin
	case jsonb_typeof(_value)
		when 'null' then
			return '';
		when 'object' then
			return app.words(_value ->> 'id', _value -> 'args');
		when 'array' then
			parts := array(select app.shown(_name, e) from jsonb_array_elements(_value) with ordinality x (e, n)
				order by n);
			if jsonb_typeof(_value -> 0) = 'object' then
				return array_to_string(parts, case _name when 'reasons' then ' ' else '; ' end);
			end if;
			return concat_ws(case when _name in ('allowed', 'roles') then ' or ' else ' and ' end,
				nullif(array_to_string(trim_array(parts, least(1, cardinality(parts))), ', '), ''),
				parts[cardinality(parts)]);
		when 'string' then
			if kind is not null then
				return coalesce(case kind
					when 'person' then app.person_name(app.org(), (_value #>> '{}')::uuid)
					when 'person_email' then (select e.email from app.enrolment e where e.organisation = app.org()
						and e.person = (_value #>> '{}')::uuid)
					when 'function' then app.function_name(app.org(), (_value #>> '{}')::uuid)
					when 'party' then app.party_name(app.org(), (_value #>> '{}')::uuid)
					when 'audit' then (select a.reference from app.audit a where a.organisation = app.org()
						and a.id = (_value #>> '{}')::uuid)
					when 'audit_title' then (select a.title from app.audit a where a.organisation = app.org()
						and a.id = (_value #>> '{}')::uuid)
					when 'part' then (select p.title from app.part p where p.organisation = app.org()
						and p.id = (_value #>> '{}')::uuid)
					when 'finding' then (select f.reference from app.finding f where f.organisation = app.org()
						and f.id = (_value #>> '{}')::uuid)
					when 'framework' then (select f.name || ' ' || f.edition from app.framework f
						where f.id = (_value #>> '{}')::uuid) end, '?');
			elsif _name ~ '(^|_)(state|allowed|roles?|kind|verb|noun)$' then
				return replace(_value #>> '{}', '_', ' ');
			end if;
		else
			null;
	end case;
	return _value #>> '{}';
end
$$;
comment on function app.shown(text, jsonb) is 'An argument of a sentence, as a person reads it.';

create or replace function app.words(_id text, _args jsonb) returns text
language plpgsql stable security definer set search_path = '' as $$
declare
	text text := (select s.text from app.sentences() s where s.id = _id);
	arg record;
begin
	if text is null then
		raise exception 'there is no sentence %', _id;
	end if;
	for arg in select * from jsonb_each(_args) loop
		if position('{' || arg.key || '}' in text) > 0 then
			text := replace(text, '{' || arg.key || '}', app.shown(arg.key, arg.value));
		end if;
	end loop;
	return text;
end
$$;
comment on function app.words(text, jsonb) is
	'A sentence with its arguments, in English, as its reader''s organisation names them.';

create or replace function app.say(_id text, _args jsonb default '{}') returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
	return jsonb_build_object('id', _id, 'args', coalesce(_args, '{}'));
end
$$;
comment on function app.say(text, jsonb) is 'A sentence as it is stored and sent: {id, args}.';

create or replace function app.said(_say jsonb) returns text
language plpgsql stable strict set search_path = '' as $$
begin
	return app.words(_say ->> 'id', _say -> 'args');
end
$$;
comment on function app.said(jsonb) is 'A stored sentence, read now.';

create or replace function app.because(_rule text, _id text, _args jsonb default '{}', _data jsonb default '{}')
returns app.reason language plpgsql stable set search_path = '' as $$
begin
	return row(_rule, app.words(_id, _args),
		_data || jsonb_build_object('rule', _rule, 'say', app.say(_id, _args)))::app.reason;
end
$$;
comment on function app.because(text, text, jsonb, jsonb) is
	'A reason of a rule: its sentence with arguments, and error.data.';
