#!/bin/sh
# test_operator.sh: what the operator of the machine does with `ninetwod`, on a database that asks for passwords and on a private cluster of its
# own: who comes in with which password, plain words for what is typed wrongly, a person shut out and let in, a database that was never
# migrated.
set -eu

mine=$(mktemp -d "$NINETWO_SCRATCH/operator.XXXXXX")
export HOME="$mine" NINETWO_HOME="$mine/home" NINETWO_LISTEN=127.0.0.1:0 NINETWO_STATUS_LISTEN=127.0.0.1:0
ninetwod=$NINETWO_BUILD/ninetwod ninetwo=$NINETWO_BUILD/ninetwo
out=$mine/out
server=
# shellcheck source=tests/system/await.sh
. "${0%/*}/await.sh"

leave() {
	status=$?
	[ -z "$server" ] || { kill "$server" && wait "$server"; } || status=1
	[ ! -e "$mine/pg/postmaster.pid" ] || "$NINETWO_POSTGRESQL/pg_ctl" -D "$mine/pg" -m immediate -s stop
	[ "$status" = 0 ] || tail -n 20 "$mine/log" "$out" || :
	exit "$status"
}
trap leave EXIT
passed() { echo "[       OK ] $*"; }
fail() { echo "$*"; exit 1; }

# expect STATUS PATTERN WORD…: the exit status of a command, and what is printed on either stream.
expect() {
	wanted=$1 pattern=$2
	shift 2
	status=0
	"$@" >"$out" 2>&1 </dev/null || status=$?
	if [ "$status" != "$wanted" ] || ! grep -Eq -- "$pattern" "$out"; then
		fail "$*: status $status instead of $wanted, or nothing like '$pattern'"
	fi
}
# said PATTERN: the server says so in its log.
said() { await_line "$mine/log" "$1"; }
serve() {
	: >"$mine/log"
	"$ninetwod" serve "$@" >"$mine/log" 2>&1 &
	server=$!
}
ready() {
	said event=app.ready
	NINETWO_SERVER=$(sed -n 's/.*event=listen.ready.* listener=\([^ ]*\) kind=main.*/\1/p' "$mine/log")
	export NINETWO_SERVER
}
stop() {
	kill "$server"
	wait "$server" || fail "the server ended with $?"
	server=
}

# --- a database that asks for passwords ---

mkdir -m 700 "$mine/s" "$NINETWO_HOME"
cp -a "$NINETWO_SEED" "$mine/pg"
printf "listen_addresses = ''\nunix_socket_directories = '%s'\n" "$mine/s" >>"$mine/pg/postgresql.conf"
printf 'local all postgres trust\nlocal all all scram-sha-256\n' >"$mine/pg/pg_hba.conf"
"$NINETWO_POSTGRESQL/pg_ctl" -D "$mine/pg" -w -s -l "$mine/postgresql.log" start
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$mine/s" -U postgres -d "${2:-ninetwo}" -c "$1"; }
sql "alter role ninetwo_server password 'one'; alter role ninetwo_feed password 'one'; alter role ninetwo_operator password 'one'"
sql "create role admin superuser login password 'one'"
(umask 077 && echo one >"$mine/one" && echo another >"$mine/another")
database="host=$mine/s dbname=ninetwo"

expect 1 'no password supplied' "$ninetwod" check --database "$database"
expect 0 'as it should be' "$ninetwod" check --database "$database" --database-password-file "$mine/one"
expect 0 'as it should be' env NINETWO_DATABASE_PASSWORD_FILE="$mine/one" "$ninetwod" check --database "$database"
printf 'database = %s\ndatabase_password_file = %s\n' "$database" "$mine/one" >"$mine/conf"
expect 0 'as it should be' "$ninetwod" check --config "$mine/conf"
expect 0 'up to date' env PGUSER=admin "$ninetwod" migrate --config "$mine/conf"
expect 0 'Administrator  Ada' "$ninetwod" init --config "$mine/conf" --organisation Acme --administrator 'Ada <ada@example.org>' --management 'Max <max@example.org>'
sed -n 's/.* code \([A-Z0-9-]*\)$/\1/p' "$out" >"$mine/code"
expect 0 'ada@example.org>  code' "$ninetwod" invite --config "$mine/conf" ada@example.org
sed -n 's/.* code \([A-Z0-9-]*\)$/\1/p' "$out" >"$mine/code"
passed 'a command takes the password from where serve does'

sql "alter role ninetwo_operator password 'another'"
expect 1 'password authentication failed' "$ninetwod" check --config "$mine/conf"
expect 0 'as it should be' env PGPASSWORD=another "$ninetwod" check --config "$mine/conf"
(umask 077 && echo '*:*:*:ninetwo_operator:another' >"$mine/passwords")
expect 0 'as it should be' env PGPASSFILE="$mine/passwords" "$ninetwod" check --config "$mine/conf"
export PGPASSFILE="$mine/passwords"
passed 'what libpq is given for the operator comes first'

# --- what is typed wrongly ---

init() { # init STATUS PATTERN ORGANISATION ADMINISTRATOR MANAGEMENT
	expect "$1" "^ninetwod init: $2" "$ninetwod" init --config "$mine/conf" --organisation "$3" --administrator "$4" --management "$5"
	! grep -Eqi 'sqlstate|constraint|_check' "$out" || fail "init speaks SQL: $(cat "$out")"
}
long=$(printf '%0201d' 0)
init 2 '--organisation: the name is empty' '' 'A <a@example.org>' 'M <m@example.org>'
init 2 '--organisation: the name is empty' '  ' 'A <a@example.org>' 'M <m@example.org>'
init 2 '--organisation: the name is longer than 200' "$long" 'A <a@example.org>' 'M <m@example.org>'
init 2 '--administrator: the name is empty' Other ' <a@example.org>' 'M <m@example.org>'
init 2 '--administrator: the name is longer than 200' Other "$long <a@example.org>" 'M <m@example.org>'
init 2 "--administrator: must be 'NAME <EMAIL>'" Other 'a@example.org' 'M <m@example.org>'
init 2 '--administrator: the e-mail address must look like' Other 'A <a@b@example.org>' 'M <m@example.org>'
init 2 '--management: the e-mail address must look like' Other 'A <a@example.org>' 'M <m example.org>'
init 2 '--management: the e-mail address must look like' Other 'A <a@example.org>' 'M <m @example.org>'
init 2 '--management: the e-mail address is longer' Other 'A <a@example.org>' "M <$long$long@example.org>"
init 2 '--management: must be somebody else' Other 'A <a@example.org>' 'M <A@example.org>'
[ "$(sql 'select count(*) from app.organisation')" = 1 ] || fail 'what was refused made something'
passed 'init says in plain words what is wrong with which argument'

# --- a person shut out and let in ---

echo 'correct horse battery staple 92' >"$mine/password"
serve --config "$mine/conf"
ready
expect 0 . "$ninetwo" set-password --code "$(head -n 1 "$mine/code")" --password-file "$mine/password"
expect 0 . "$ninetwo" login ada@example.org --as ada --password-file "$mine/password"
expect 0 . "$ninetwo" --as ada session current
expect 2 'usage: ninetwod disable' "$ninetwod" disable --config "$mine/conf"
expect 1 'no such person' "$ninetwod" disable --config "$mine/conf" nobody@example.org
expect 0 'Ada <ada@example.org> is shut out; [1-9] session' "$ninetwod" disable --config "$mine/conf" ADA@example.org
grep -q 'Known to: Acme' "$out" || fail 'no organisation is named'
expect 3 . "$ninetwo" --as ada session current
expect 0 'shut out already' "$ninetwod" disable --config "$mine/conf" ada@example.org
expect 3 . "$ninetwo" login ada@example.org --as ada --password-file "$mine/password"
expect 0 'may sign in again' "$ninetwod" enable --config "$mine/conf" ada@example.org
expect 0 'was not shut out' "$ninetwod" enable --config "$mine/conf" ada@example.org
expect 0 . "$ninetwo" login ada@example.org --as ada --password-file "$mine/password"
[ "$(sql "select string_agg(kind, ' ' order by id) from ledger.event where kind like 'person.%abled'")" = 'person.disabled person.enabled' ] || fail 'not an event each'
sql "update app.person set name = E'Ada\\nMax <max@example.org>  code FORGED\\033[2K\\u009b2K' where email = 'ada@example.org'"
expect 0 'Ada Max' "$ninetwod" invite --config "$mine/conf" ada@example.org
[ "$(wc -l <"$out")" = 2 ] || fail "what a person is called is a line of its own: $(cat -v "$out")"
! LC_ALL=C grep -q "$(printf '[\001-\010\013-\037\177]\\|\302\233')" "$out" || fail "what a person is called is a command to the terminal: $(cat -v "$out")"
expect 0 'Ada Max' "$ninetwod" disable --config "$mine/conf" ada@example.org
[ "$(wc -l <"$out")" = 2 ] || fail "what a person is called is a line of its own: $(cat -v "$out")"
expect 0 'ninetwod disable PERSON' "$ninetwod" help
stop
passed 'a person is shut out with their sessions, and let in again'

# --- a database that was never migrated ---

createdb -h "$mine/s" -U postgres bare
sql 'grant connect on database bare to public' bare
bare="host=$mine/s dbname=bare"
expect 1 'never migrated: run ninetwod migrate' "$ninetwod" check --database "$bare" --database-password-file "$mine/one"
serve --database "$bare" --database-password-file "$mine/one"
said 'event=db.not-migrated .*level=error.*run ninetwod migrate'
expect 0 'migrations applied' env PGUSER=admin "$ninetwod" migrate --database "$bare" --database-password-file "$mine/one"
ready
stop
export NINETWO_DATA="$mine/data"
expect 1 'There is no cluster in .*: run ninetwod migrate' "$ninetwod" check
expect 0 . "$ninetwod" cluster start
expect 1 'never migrated: run ninetwod migrate' "$ninetwod" invite ada@example.org
serve
said 'event=db.not-migrated .*level=error.*run ninetwod migrate'
expect 0 'migrations applied' "$ninetwod" migrate
ready
expect 0 'Administrator' "$ninetwod" init --organisation Acme --administrator 'Ada <ada@example.org>' --management 'Max <max@example.org>'
passed 'a database that was never migrated says so, and is served once it was'

# --- a private cluster that dies under the server ---

postmaster() { head -n 1 "$mine/data/pg/postmaster.pid"; }
expect 0 'runs' "$ninetwod" cluster status
# `cluster start` above has marked it to be left running; here the server is its only user
rm "$mine/data/keep"
for signal in QUIT KILL; do
	: >"$mine/log"
	kill -s "$signal" "$(postmaster)"
	said event=cluster.started-again
	said 'event=db.up .*connection=writer'
	expect 0 'ada@example.org>  code' "$ninetwod" invite ada@example.org
	expect 3 . "$ninetwo" login ada@example.org --as ada --password-file "$mine/password"
done
passed 'a private cluster that died is started again'

echo 'no_such_setting = on' >>"$mine/data/pg/local.conf"
: >"$mine/log"
kill -s QUIT "$(postmaster)"
said 'event=cluster.not-started .*level=error'
status=0
wait "$server" || status=$?
server=
[ "$status" = 1 ] || fail "a server without its cluster ended with $status"
said 'event=app.cannot-serve .*The private cluster died, and 6 attempts to start it again were in vain'
sed -i '/no_such_setting/d' "$mine/data/pg/local.conf"
passed 'when it does not start again the server ends and says so'

serve
ready
: >"$mine/log"
kill -s QUIT "$(postmaster)"
said event=db.down
kill -s INT "$server"
wait "$server" || fail "interrupted while its cluster was away, the server ended with $?"
server=
expect 1 'is not running' "$ninetwod" cluster status
passed 'Ctrl-C stops all of it, also then'
