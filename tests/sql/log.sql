-- What the login roles do leaves nothing in PostgreSQL's log: no parameter, no refusal, no statement, whatever goes
-- wrong. A superuser's mistake is there, which shows that this is the log. Seen to fail with the settings of the login
-- roles removed.
\set ON_ERROR_STOP on
select no_plan();
\setenv PGDATABASE :DBNAME
\! log=${TMPDIR:-/tmp}/postgresql.log; [ -f "$log" ] || log=$(dirname "$PGHOST")/postgresql.log; [ -f "$log" ] || log=$PGHOST/log; ln -sf "$log" "${TMPDIR:-/tmp}/planted.log"

insert into app.person (name, email) values ('Planted 4711', 'planted-4711@example.org');
insert into app.organisation (id, name) values ('00000000-0000-4000-8000-000000000001', 'Planted 4711');
-- a refusal, a broken statement, wrong parameters of every kind, a slow statement, a lost lock, a broken constraint; as
-- each who logs in
\! cd "${TMPDIR:-/tmp}" && printf '%s\n' "select api.code_challenge('planted-4711');" "select 'planted-4711' from;" "select 'planted-4711'::uuid;" "select 1/0 as \"planted-4711\";" "prepare p(uuid) as select \$1;" "execute p('planted-4711');" "set statement_timeout = 20;" "select pg_sleep(1), 'planted-4711';" "do 'begin raise log ''planted-4711''; raise warning ''planted-4711''; raise exception ''planted-4711''; end';" "select api.session_open('planted-4711@example.org', 'planted-4711', 'planted-4711', null, 'planted-4711');" "prepare q(bytea) as select api.code_challenge(\$1);" "execute q('planted-4711');" "select operator.invite('planted-4711', sha256('x')), operator.init('planted-4711', 'planted-4711', 'x', 'x', 'x', 'y', 'y');" > planted.sql; for who in ninetwo_server ninetwo_feed ninetwo_operator; do psql -X -q -U $who -f planted.sql >planted.out 2>&1; grep -c planted-4711 planted.out >> planted.heard; done
\! psql -X -q -c "select 'control-4711' from;" 2>"${TMPDIR:-/tmp}/planted.out"
\set heard `cat "${TMPDIR:-/tmp}/planted.heard" | grep -vc "^0"`
\set control `grep -c control-4711 "${TMPDIR:-/tmp}/planted.log"`
\set planted `grep -ci planted "${TMPDIR:-/tmp}/planted.log"`
\! rm -f "${TMPDIR:-/tmp}"/planted.*
select is(:heard, 3, 'each who logs in was told of their mistakes');
select cmp_ok(:control, '>', 0, 'this is the log');
select is(:planted, 0, 'and nothing of theirs is in it');

select * from finish();
