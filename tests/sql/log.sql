-- What the login roles do leaves nothing in PostgreSQL's log: no parameter, no refusal, no statement, whatever goes
-- wrong. A superuser's mistake is there, which shows that this is the log. Seen to fail with the settings of the login
-- roles removed.
\set ON_ERROR_STOP on
select no_plan();
\setenv PGDATABASE :DBNAME
\! tests/sql/fixture/log.sh find

insert into app.person (name, email) values ('Planted 4711', 'planted-4711@example.org');
insert into app.organisation (id, name) values ('00000000-0000-4000-8000-000000000001', 'Planted 4711');
-- a refusal, a broken statement, wrong parameters of every kind, a slow statement, a lost lock, a broken constraint; as
-- each who logs in
\! tests/sql/fixture/log.sh plant
\! psql -X -q -c "select 'control-4711' from;" 2>"${TMPDIR:-/tmp}/planted.out"
\set heard `cat "${TMPDIR:-/tmp}/planted.heard" | grep -vc "^0"`
\set control `grep -c control-4711 "${TMPDIR:-/tmp}/planted.log"`
\set planted `grep -ci planted "${TMPDIR:-/tmp}/planted.log"`
\! rm -f "${TMPDIR:-/tmp}"/planted.*
select is(:heard, 3, 'each who logs in was told of their mistakes');
select cmp_ok(:control, '>', 0, 'this is the log');
select is(:planted, 0, 'and nothing of theirs is in it');

select * from finish();
