#!/bin/sh
# test_cli.sh: `ninetwo` as a person or a script uses it, on a server and a private cluster of its own: exit statuses, output, sign-ins side by
# side, what survives a server that goes away, completion.
set -eu

mine=$(mktemp -d "$NINETWO_SCRATCH/cli.XXXXXX")
export HOME="$mine" NINETWO_HOME="$mine/home" NINETWO_LISTEN=127.0.0.1:0 NINETWO_STATUS_LISTEN=127.0.0.1:0 NINETWO_DATA="$mine/data"
export COLUMNS=100
ninetwod=$NINETWO_BUILD/ninetwod ninetwo=$NINETWO_BUILD/ninetwo
out=$mine/out
server='' tls=''
# shellcheck source=tests/system/await.sh
. "${0%/*}/await.sh"

leave() {
	status=$?
	for pid in $server $tls; do kill "$pid" 2>/dev/null || :; done
	wait || :
	[ "$status" = 0 ] || tail -n 20 "$mine/log"
	exit "$status"
}
trap leave EXIT

serve() {
	: >"$mine/log"
	"$ninetwod" serve >"$mine/log" 2>&1 &
	server=$!
	await_line "$mine/log" event=app.ready
	NINETWO_SERVER=$(sed -n 's/.*event=listen.ready.* listener=\([^ ]*\) kind=main.*/\1/p' "$mine/log")
	NINETWO_LISTEN=$NINETWO_SERVER
	export NINETWO_SERVER NINETWO_LISTEN
}

# expect STATUS PATTERN WORD…: the exit status, and what is printed on either stream.
expect() {
	wanted=$1 pattern=$2
	shift 2
	status=0
	"$ninetwo" "$@" >"$out" 2>&1 </dev/null || status=$?
	if [ "$status" != "$wanted" ] || ! grep -Eq -- "$pattern" "$out"; then
		echo "ninetwo $*: status $status instead of $wanted, or nothing like '$pattern' in:"
		cat "$out"
		exit 1
	fi
}
passed() { echo "[       OK ] $*"; }
fail() { echo "$*"; exit 1; }
same() { [ "$1" = "$2" ] || fail "$3: '$1' and '$2'"; }

mkdir -m 700 "$NINETWO_HOME"
"$ninetwod" migrate
serve
"$ninetwod" init --organisation Acme --administrator 'Ada <ada@example.org>' --management 'Max <max@example.org>' >"$mine/codes"
sed -n 's/.* code \([A-Z0-9-]*\)$/\1/p' "$mine/codes" >"$mine/code"
echo 'correct horse battery staple 92' >"$mine/password"

expect 3 'not signed in' person list
expect 3 . login ada@example.org --as ada --password-file "$mine/password"
expect 2 'code' set-password --code AAAAA --password-file "$mine/password"
expect 0 'password is set' set-password --code "$(sed -n 1p "$mine/code")" --password-file "$mine/password"
expect 9 'not valid' set-password --code "$(sed -n 1p "$mine/code")" --password-file "$mine/password"
expect 0 'password is set' set-password --code "$(sed -n 2p "$mine/code")" --password-file "$mine/password"
expect 0 'Ada <ada@example.org>' login ada@example.org --as ada --password-file "$mine/password"
expect 0 'management' login max@example.org --as max --password-file "$mine/password"
expect 0 'Acme: administrator' --as ada whoami
expect 0 'Acme: management' whoami --as max
[ "$(stat -c %a "$NINETWO_HOME/ada.profile")" = 600 ] || fail 'the sign-in is readable by others'
! grep -rq 'correct horse' "$NINETWO_HOME" || fail 'the password was kept'
passed 'a code sets a password once; two people are signed in side by side; tokens are for their owner alone'

expect 0 'read' --as ada token create robot --scope read --expires-on +2d
sed -n 's/^token  *//p' "$out" >"$mine/token"
chmod 644 "$mine/token"
expect 1 'Others may read' --token-file "$mine/token" person list
chmod 600 "$mine/token"
expect 0 'Acme: administrator' --token-file "$mine/token" whoami
NINETWO_TOKEN_FILE=$mine/token NINETWO_HOME=$mine/robot HOME=/nonexistent expect 0 'ada@example.org' person list
NINETWO_TOKEN_FILE=$mine/token expect 4 'scope of the token' person add Noa noa@example.org
NINETWO_TOKEN_FILE=$mine/token expect 0 'Max' --as max whoami
! grep -rqF "$(cat "$mine/token")" "$NINETWO_HOME" "$mine/robot" || fail 'the token was kept'
expect 0 'revoked' --as ada token revoke "$("$ninetwo" --as ada --field items.0.id token list)"
expect 3 'token list' --token-file "$mine/token" whoami
passed 'a token in a file, which nobody else may read, does what its scope allows and leaves nothing'

expect 2 'no command' --as ada nonsense
expect 2 'has no verb' --as ada person marry
expect 2 'no option --colour' --as ada person list --colour red
expect 2 'also wants --name, --email' --as ada person add
expect 2 'is one of' --as ada party add Acme X --kinds friend
expect 0 'Who may: administrator' --as ada person add --help
expect 5 'no such|not for you' --as ada person get 01990000-0000-7000-8000-000000000001
expect 5 'No person is called' --as ada person get nobody@example.org
expect 4 'roles' --as ada ending countersign 01990000-0000-7000-8000-000000000001 --version 1 --reason x
expect 1 'not-there' --as ada call person.list @not-there
expect 8 'No server answers' --as ada --server 127.0.0.1:1 --retry 0 person list
passed 'the exit status says what went wrong'

expect 0 'Mia' --as ada person add Mia mia@example.org --request-id 01990000-0000-7000-8000-000000000001
expect 0 'Mia' --as ada person add Mia mia@example.org --request-id 01990000-0000-7000-8000-000000000001
expect 2 'request_id' --as ada person add Mia other@example.org --request-id 01990000-0000-7000-8000-000000000001
same "$("$ninetwo" --as ada person list --email mia@example.org --json | grep -c '"email"')" 1 'people called Mia'
expect 0 'Mia Moon' --as ada person update mia@example.org --name 'Mia Moon'
expect 6 'as it is now' --as ada person update mia@example.org --name 'Mia Mars' --version 1
grep -Eq '^ *name +Mia Moon' "$out" || fail 'a stale refusal does not show the record'
expect 4 'exclude each other' --as max membership grant max@example.org administrator
expect 0 'Yes' --as ada can person add --name Noa --email noa@example.org
expect 4 'rule +roles: .*exclude each other' --as max can membership grant max@example.org administrator
expect 5 'No person' --as ada person get noa@example.org
passed 'the same request_id changes nothing twice; a stale change shows the record as it is; can changes nothing'

expect 0 'Nurse' --as ada person update mia@example.org --title Nurse
expect 0 'Mia Moss' --as ada person update mia@example.org --name 'Mia Moss'
expect 0 'Mia Moon' --as ada person update mia@example.org --name 'Mia Moon'
same "$("$ninetwo" --as ada --field title person get mia@example.org)" Nurse 'a title that the change did not name'
expect 0 'Mia Moon' --as ada person update mia@example.org --title=
same "$("$ninetwo" --as ada --field title person get mia@example.org)" '' 'a title that was emptied'
expect 2 'name' --as ada person update mia@example.org --name ''
same "$("$ninetwo" --as ada --field name person get mia@example.org)" 'Mia Moon' 'a name that cannot be emptied'
passed 'a change names what it changes, and an empty value empties'

expect 0 '^update +yes *$' --as ada may person mia@example.org
expect 0 '^update +no +None of your roles' --as max may person mia@example.org
expect 0 '^mia@example.org,update,yes,' --as ada may person mia@example.org max@example.org --csv
grep -q '^max@example.org,update,yes,' "$out" || fail 'may does not answer for each record'
same "$("$ninetwo" --as max --field items.0.verbs.update.allowed may person mia@example.org)" no 'may, in one field'
expect 2 'no noun' --as ada may event 01990000-0000-7000-8000-000000000001
expect 5 'There is no person' --as ada may person 01990000-0000-7000-8000-000000000001
passed 'may tells each verb, and why not'

for i in 1 2 3 4 5; do "$ninetwo" --as ada --quiet person add "=Person $i" "p$i@example.org"; done
same "$("$ninetwo" --as ada person list --limit 2 2>"$out" | wc -l)" 3 'the lines of a page of two'
grep -q 'There is more' "$out" || fail 'nothing says that there is more'
same "$("$ninetwo" --as ada person list --limit 2 --all --csv | wc -l)" 9 'the lines of all pages'
same "$("$ninetwo" --as ada person list --csv | wc -l)" 9 'the lines of a list as the server writes it'
same "$("$ninetwo" --as ada person list --csv)" "$("$ninetwo" --as ada person list --limit 2 --all --csv)" 'the same, page by page'
expect 4 'None of your roles' --as max invitation list --csv
(umask 077; "$ninetwo" --as ada token create lister --scope person.list --expires-on +2d --field token >"$mine/lister")
same "$("$ninetwo" --token-file "$mine/lister" --organisation "$("$ninetwo" --as ada --field items.0.organisation person list)" person list --csv | wc -l)" 9 \
	'the lines for a token that is for this list alone'
same "$("$ninetwo" --as ada person list --all --csv --columns name | grep -c "^\"'=Person")" 5 'names that are no formulas'
same "$("$ninetwo" --as ada --field items.0.email person list --email MIA@example.org)" mia@example.org 'one field'
"$ninetwo" --as ada person list --all --width 40 >"$out" 2>&1
same "$(grep -Ec '^.{41,}' "$out" || :)" 1 'lines wider than 40 columns, but for the note that columns are missing'
"$ninetwo" --as ada person list --all | head -n 1 >"$out"
passed 'lists in pages or whole, as table, CSV and JSON'

"$ninetwo" --as ada person get mia@example.org --columns email,name >"$out"
same "$(sed 's/  */ /' "$out" | tr '\n' ';')" 'email mia@example.org;name Mia Moon;' 'the columns of one record'
expect 2 'no column colour' --as ada person add Nobody nobody@example.org --columns colour
expect 2 'is for lists' --as ada person add Nobody nobody@example.org --csv
expect 5 'No person' --as ada person get nobody@example.org
expect 0 'Acme' --as ada organisation update --name Acme --timezone UTC --cooling-off-months 12 --acknowledge-days 5 --dispute-days 10 --containment-days 5 \
	--plan-days 20 --major-days 30 --minor-days 90
expect 0 'management' --as ada membership get max@example.org
expect 2 'a membership has no name' --as ada membership get Max
passed 'the columns of one record; what cannot be printed is not done; a record without a name by its person'

printf '%s\n' '# a batch' '{"method": "function.add", "params": {"reference": "F-1", "name": "Backup"}}' '' \
	'{"method": "responsibility.assign", "params": {"person": "mia@example.org", "function": "backup", "kind": "owns", "from_date": "-1y"}}' >"$mine/batch"
expect 0 '2 calls done' --as ada call --batch "$mine/batch"
same "$("$ninetwo" --as ada --field items.0.from_date responsibility list --person 'Mia Moon' --function F-1)" "$(date -u -d '1 year ago' +%F)" 'a relative date'
expect 9 'batch:2: ' --as ada call --batch "$mine/batch"
expect 2 'codes:1: no call' --as ada call --batch "$mine/codes"
expect 0 'F-1' --as ada call function.get '{"id": "F-1"}'
passed 'calls by the name on the wire, one or a file of them, with names and relative dates'

"$ninetwo" --as ada --json watch --until function.created --timeout 60 >"$mine/seen" 2>"$mine/watching" &
watcher=$!
await_line "$mine/watching" 'watching after'
seq 300 | sed 's/.*/{"method": "person.add", "params": {"name": "Person &", "email": "batch&@example.org"}}/' >"$mine/batch"
"$ninetwo" --as ada call --batch "$mine/batch" >"$out" 2>&1 &
batch=$!
await_line "$mine/seen" person.created
kill -9 "$server"
wait "$server" || :
serve
wait "$batch" || { cat "$out"; fail 'the batch did not survive the loss of the server'; }
same "$("$ninetwo" --as ada person list --q Person --all --csv --columns email | grep -c '^batch')" 300 'people entered across the loss'
"$ninetwo" --as ada --quiet function add F-2 Access
wait "$watcher" || { cat "$mine/watching"; fail 'the watch did not survive the loss of the server'; }
same "$(grep -c person.created "$mine/seen")" 300 'people seen across the loss'
same "$(sed -n 's/.*"position":\([0-9]*\).*/\1/p' "$mine/seen" | sort -n | uniq -d | wc -l)" 0 'events seen twice'
passed 'a batch and a watch across the loss of the server: nothing lost, nothing twice'

"$ninetwo" --as ada --quiet membership grant mia@example.org auditee
"$ninetwod" invite mia@example.org | sed -n 's/.* code \([A-Z0-9-]*\)$/\1/p' >"$mine/code"
expect 0 'password is set' --as mia set-password --code "$(cat "$mine/code")" --password-file "$mine/password"
expect 0 'auditee' --as mia login mia@example.org --password-file "$mine/password"
# Again, if it was stored already when the server was lost.
uploads=0
while [ $uploads = 0 ] || [ -n "$stored" ]; do
	uploads=$((uploads + 1)) file="File $uploads"
	head -c 4000000 /dev/urandom >"$mine/file"
	"$ninetwo" --as mia evidence put "$mine/file" --title "$file" --limit-rate 1M >"$out" 2>&1 &
	upload=$!
	await_line "$out" '25%'
	kill -9 "$server"
	wait "$server" || :
	stored=$(grep stored "$out" || :)
	serve
	wait "$upload" || { cat "$out"; fail 'the upload did not survive the loss of the server'; }
done
grep -q 'going on at' "$out" || fail 'the upload began anew'
expect 1 'No upload of this file' --as mia evidence put "$mine/file" --resume
expect 0 'as recorded' --as mia evidence get "$file" --output "$mine/copy"
cmp "$mine/file" "$mine/copy" || fail 'what was downloaded is not what was uploaded'
head -c 1000000 "$mine/file" >"$mine/again.part"
expect 0 'going on at 1000000' --as mia evidence get "$file" --output "$mine/again" --resume
cmp "$mine/file" "$mine/again" || fail 'what was resumed is not what was uploaded'
{ head -c 999999 "$mine/file"; echo; } >"$mine/wrong.part"
expect 1 'not what was recorded' --as mia evidence get "$file" --output "$mine/wrong" --resume
[ ! -e "$mine/wrong" ] || fail 'a file that is not right was given its name'
"$ninetwo" --as mia evidence get "$file" --output - 2>"$out" | cmp - "$mine/file" || fail 'what was printed is not what was uploaded'
: >"$mine/empty"
expect 0 'stored' --as mia evidence put "$mine/empty"
passed 'files up and down across the loss of the server, the same on both sides'

"$ninetwo" completion bash >"$mine/completion"
grep -q 'complete -F' "$mine/completion" || fail 'no completion'
same "$("$ninetwo" --as ada complete -- respons | tr '\n' ' ')" 'response responsibility ' 'nouns'
same "$("$ninetwo" --as ada complete -- person u)" update 'verbs'
same "$("$ninetwo" --as ada complete -- party list --kind sup)" supplier 'values'
expect 0 'F-07|Its short reference' help function add
expect 0 'ninetwo NOUN VERB' help
expect 0 'release' version
passed 'completion and help come from the description'

openssl req -x509 -newkey rsa:2048 -nodes -keyout "$mine/key" -out "$mine/certificate" -days 2 -subj /CN=localhost \
	-addext 'subjectAltName=DNS:localhost,IP:127.0.0.1' 2>"$out"
# Below the ports that outgoing connections are given; another one, if somebody has it.
serve_tls() {
	port=$((12000 + $(od -An -N2 -tu2 /dev/urandom) % 20000))
	"$ninetwod" serve --listen "127.0.0.1:$port" --origin "https://localhost:$port" --tls-certificate "$mine/certificate" --tls-key "$mine/key" \
		>"$mine/tls.log" 2>&1 &
	tls=$!
	await_line "$mine/tls.log" 'event=app.ready|in use' || exit 1
	grep -q event=app.ready "$mine/tls.log" || { wait "$tls" || :; return 1; }
}
until serve_tls; do :; done
expect 1 'not to be trusted' --as tls --server "wss://localhost:$port" login mia@example.org --password-file "$mine/password"
expect 0 'Mia' --as tls --server "wss://localhost:$port" --ca "$mine/certificate" login mia@example.org --password-file "$mine/password"
expect 0 'as recorded' --as tls evidence get "$file" --output "$mine/by-tls"
cmp "$mine/file" "$mine/by-tls" || fail 'what came by TLS is not what was uploaded'
expect 2 'without encryption' --as tls --server ws://192.0.2.1 person list
expect 3 '[Ss]ign in' --as tls --server "$NINETWO_SERVER" --retry 0 session list
kill "$tls"
wait "$tls" || fail 'the server with TLS did not end in order'
passed 'TLS with authorities of its own; nothing is sent in the clear; a token goes to the server that gave it and to no other'

expect 0 'Signed out' --as max logout
expect 3 '[Ss]ign in' --as max person list
expect 0 'Ada' --as ada whoami
"$ninetwo" --as ada --quiet session revoke "$("$ninetwo" --as ada --field items.0.id session list)" || :
expect 3 '[Ss]ign in' --as ada whoami
passed 'signed out, and signed out from elsewhere'
