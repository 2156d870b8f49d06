-- Every parameter of every method, with what its schema just takes and just refuses (fixture/values.sql), asked of the
-- database alone: what does not fit is refused with the parameter's name and a sentence, what fits is answered or
-- refused for a reason, and nothing is an error of ours. Answers are as the description says.
\set ON_ERROR_STOP on
begin;
select no_plan();
set local client_min_messages = warning;
\ir fixture/values.sql

-- What a call is answered, taken back.
create function t.tried(r t.trial, out code text, out message text, out data jsonb) language plpgsql as $$
declare
	reply jsonb;
	detail text;
begin
	reply := t.call(r.who, r.method, r.params);
	raise exception using errcode = 'UT000';
exception
	when sqlstate 'UT000' then
		code := 'done';
		data := meta.offences((select m -> 'result' from jsonb_array_elements(meta.catalogue() -> 'methods') m
			where m ->> 'name' = r.method), reply, '');
	when others then
		get stacked diagnostics code = returned_sqlstate, message = message_text, detail = pg_exception_detail;
		data := case when code like 'N2%' then coalesce(nullif(detail, ''), '{}')::jsonb end;
end $$;
create table t.told as select r.*, x.* from t.trial r cross join lateral t.tried(r) x;
-- An argument of PostgreSQL is of one type: text where a number was given is for the server alone to refuse.
create function t.is_of_another_type(r t.told) returns bool language sql as $$
	select r.kind <> 'jsonb' and exists (select from jsonb_array_elements(r.misfits) m where m ->> 'problem'
		~ '^must be (null|true or false|a whole number|a number|text|a list|an object)( or |$)')
$$;
create function t.which(r t.told) returns text language sql as $$
	select format('%s %s = %s: %s %s %s', r.method, r.param, left(r.value::text, 60), r.code, left(r.message, 120),
		left(r.data::text, 200))
$$;
create function t.first(lines text[]) returns text[] language sql as $$ select nullif(lines[:40], '{}') $$;

select cmp_ok((select count(*)::int from t.told), '>', 3000, 'thousands of values were tried');
select is(t.first(array(select t.which(r) from t.told r where r.misfits <> '[]'
	and not t.is_of_another_type(r) and not (r.code = 'N2602' and r.data -> 'params' @> r.misfits
	or r.code like '22%') order by r.n)), null,
	'what does not fit is refused, with all that is wrong; or is nothing that its argument could hold');
select is(t.first(array(select t.which(r) from t.told r where r.misfits = '[]' and r.code <> 'done'
	and r.code !~ '^N2(602|00[3-9])$' order by r.n)), null, 'what fits is answered, or refused for a reason');
select is(t.first(array(select t.which(r) from t.told r where r.code = 'done' and r.data <> '[]' order by r.n)), null,
	'what is answered is as the description says');
select is(t.first(array(select t.which(r) from t.told r where r.code like 'N2%' and r.message !~ '^\S.*\.$'
	order by r.n)), null, 'a refusal is a sentence');
select * from finish();
rollback;
