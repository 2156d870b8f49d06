#!/bin/sh
# bench.sh BUILD: the rows of "What bounds it" (docs/architecture.md) on a cluster and a server of its own, side by side with pgbench running the
# same functions as the same role, taken in one run; one table of ratios. FULL=1 grows the register to a million findings. SECONDS_EACH (6)
# is how long each rate is measured, twice, in turns. Nothing here passes or fails.
set -eu
. tests/scratch.sh
. tests/cluster.sh
. tests/system/await.sh

build=$PWD/${1#"$PWD"/}
case $1 in /*) build=$1 ;; esac
bench=$build/tests/bench/bench
seconds=${SECONDS_EACH:-6} small=10000 large=100000 subscribers=${SUBSCRIBERS:-10000}
[ -z "${FULL:-}" ] || large=1000000
port=$((12000 + $$ % 9000)) status_port=$((22000 + $$ % 9000))
table=$scratch/table server=

note() { echo "bench: $*" >&2; }
row() { # row WHAT MEASURED REFERENCE UNIT MUST AIM: a higher ratio is better
	awk -v w="$1" -v m="$2" -v r="$3" -v u="$4" -v must="$5" -v aim="$6" 'BEGIN {
		printf "%-62s %11s %11s %-6s %7.2f  %6s %6s\n", w, m, r, u, r ? m / r : 0, must, aim }' >>"$table"
}
size_row() { # size_row WHAT MEASURED UNIT MUST AIM: not a ratio
	printf '%-62s %11s %11s %-6s %7s  %6s %6s\n' "$1" "$2" '' "$3" '' "$4" "$5" >>"$table"
}
kib() { awk -v b="$1" 'BEGIN { printf "%.1f", b / 1024 }'; } # kib BYTES
average() { awk -v digits="${1:-0}" '{ s += $1 } END { printf "%.*f", digits, NR ? s / NR : 0 }'; } # average [DIGITS]

# --- a cluster as in production: what is acknowledged is on the disk

cluster_start max_connections=120 fsync=on shared_buffers=512MB max_wal_size=4GB checkpoint_timeout=30min autovacuum_naptime=1min
createdb ninetwo
tests/load.sh "$build" ninetwo
export PGDATABASE=ninetwo
grow() { note "a register of $1 findings"; psql -X -q -o /dev/null -v findings="$1" -f tests/bench/register.sql; }

serve() { # serve PORT [FLAG...]
	serve_port=$1
	shift
	"$build/ninetwod" serve --database "host=$PGHOST dbname=ninetwo" --listen "127.0.0.1:$serve_port" --status-listen "127.0.0.1:$status_port" \
		--connections 30000 --connections-per-address 30000 --calls-per-second 1000000 "$@" >>"$scratch/server.log" 2>&1 &
	server=$!
	await_ready "$scratch/server.log" "$server" || { cat "$scratch/server.log"; exit 1; }
}
show_log() { [ "$scratch_status" = 0 ] || tail -n 15 "$scratch/server.log"; }
end_server() {
	: >"$scratch/server.log"
	[ -n "$server" ] || return 0
	kill "$server" 2>/dev/null || return 0
	wait "$server" || :
}
at_end end_server
at_end show_log

# --- the same requests for both sides: JSON-RPC for the server, one script for each lead for pgbench

requests() { # requests NAME METHOD PARAMETERS-AS-SQL-jsonb FUNCTION-CALL-AS-SQL-format
	psql -X -q -A -t -F "$(printf '\t')" -c "
		select 'n2s_' || translate(rtrim(encode(l.secret, 'base64'), '='), '+/', '-_'),
			jsonb_build_object('jsonrpc', '2.0', 'id', 1, 'method', '$2', 'params', $3)
		from bench.lead l, lateral (select bench.uuid('organisation', 0) as org, bench.uuid('function', l.i % 200) as function,
			(select id from bench.requirement where k = 0) as requirement, bench.uuid('finding', l.i * 100 + 50) as finding) x order by l.i" >"$scratch/$1.requests"
	mkdir -p "$scratch/$1.pgbench"
	psql -X -q -A -t -c "
		select replace(format('select api.$4;', l.secret, x.org, $5), E'\n', ' ') -- a script is a line
		from bench.lead l, lateral (select bench.uuid('organisation', 0) as org, bench.uuid('function', l.i % 200) as function,
			(select id from bench.requirement where k = 0) as requirement, bench.uuid('finding', l.i * 100 + 50) as finding) x order by l.i" |
		awk -v folder="$scratch/$1.pgbench" '{ print > (folder "/" NR ".sql") }'
}
prepare_requests() {
	requests write finding.draft "jsonb_build_object('organisation', x.org, 'request_id', '\$uuid', 'part', l.part, 'title', 'Restores are not tested',
		'condition', 'No restore test was made in the audited period.', 'requirements', jsonb_build_array(x.requirement), 'functions', jsonb_build_array(x.function))" \
		"finding_draft(session => %L, organisation => %L, request_id => gen_random_uuid(), part => %L, title => ''Restores are not tested'',
			condition => ''No restore test was made in the audited period.'', requirements => %L, functions => %L)" \
		"l.part, array[x.requirement], array[x.function]"
	requests get finding.get "jsonb_build_object('organisation', x.org, 'id', x.finding)" \
		"finding_get(session => %L, organisation => %L, id => %L)" "x.finding"
	requests list finding.list "jsonb_build_object('organisation', x.org, 'limit', 20)" \
		"finding_list(session => %L, organisation => %L, \"limit\" => 20)" "null"
	sed 's/"method": "finding.get"/"method": "no.such"/' "$scratch/get.requests" >"$scratch/echo.requests"
	{ # one event for everybody, and one for every tenth: subscriptions of the lead of the first audit and of the second, and the write
		sed -n '1p' "$scratch/get.requests" | cut -f 1 | sed "s/\$/\t$(subscribe)/"
		sed -n '2p' "$scratch/get.requests" | cut -f 1 | sed "s/\$/\t$(subscribe)/"
		sed -n '1p' "$scratch/write.requests"
	} >"$scratch/fan.requests"
}
subscribe() {
	printf '{"jsonrpc": "2.0", "id": 1, "method": "events.subscribe", "params": {"organisation": "%s"}}' \
		"$(psql -X -A -t -c "select bench.uuid('organisation', 0)")"
}

ours() { "$bench" rate "$port" "$scratch/$1.requests" "$2" "$seconds"; } # ours NAME CLIENTS
theirs() { # theirs NAME CLIENTS
	# shellcheck disable=SC2046 # one -f for each script
	PGUSER=ninetwo_server pgbench -n -M prepared -c "$2" -j 1 -T "$seconds" $(find "$scratch/$1.pgbench" -name '*.sql' -printf '-f %p ') 2>>"$scratch/pgbench.log" |
		sed -n 's/^tps = \([0-9]*\).*/\1/p'
}
beside() { # beside NAME OUR-CLIENTS THEIR-CLIENTS: two rounds in turns; sets our_rate and their_rate
	note "$1, $2 clients, beside pgbench -c $3"
	: >"$scratch/a"
	: >"$scratch/b"
	for _ in 1 2; do
		ours "$1" "$2" >>"$scratch/a"
		theirs "$1" "$3" >>"$scratch/b"
	done
	our_rate=$(average <"$scratch/a") their_rate=$(average <"$scratch/b")
}

# --- the rows

grow "$small"
prepare_requests
serve "$port"
note 'small register'
small_write=$(ours write 64) small_get=$(ours get 64) small_list=$(ours list 64)
end_server
grow "$large"
serve "$port"

beside write 64 8
row "write/s, 64 clients, to pgbench -c 8 (finding.draft)" "$our_rate" "$their_rate" /s 0.95 1.5
large_write=$our_rate
beside write 512 8
row "write/s, 512 clients, to pgbench -c 8" "$our_rate" "$their_rate" /s 1.5 1.8
beside get 64 4
row "read/s, 64 clients, to pgbench -c 4 (finding.get)" "$our_rate" "$their_rate" /s 0.90 1.0
large_get=$our_rate
beside list 64 4
row "read/s, 64 clients, to pgbench -c 4 (finding.list, 20)" "$our_rate" "$their_rate" /s 0.90 1.0
large_list=$our_rate
row "cost of a write at $large findings to $small" "$small_write" "$large_write" /s 1.25 1.1
row "cost of a read at $large findings to $small (finding.get)" "$small_get" "$large_get" /s 1.25 1.1
row "cost of a read at $large findings to $small (finding.list)" "$small_list" "$large_list" /s 1.25 1.1

note 'beside plain statements'
sql() { psql -X -q -A -t -F ' ' -f "tests/bench/$1.sql"; } # sql NAME
sql plain >"$scratch/plain"
plain_row() { # plain_row NAME WHAT MUST AIM: a name of tests/bench/plain.sql
	read -r _ ours_us theirs_us <<-E
		$(grep "^$1 " "$scratch/plain")
	E
	row "$2" "$ours_us" "$theirs_us" us "$3" "$4"
}
plain_row finding 'get, to one plain statement (finding.get)' 5 4
plain_row audit 'the same (audit.get)' 5 4
plain_row function 'the same (function.get)' 5 4
plain_row findings 'list of 20, to one plain statement (finding.list)' 4 3
plain_row audits 'the same (audit.list)' 4 3
plain_row functions 'the same (function.list)' 4 3
plain_row draft 'draft, to one plain function (finding.draft)' 3 2.3
size_row 'a connection after every list in every sort' "$(sql lists)" MiB 64 ''
size_row 'moving one of 2,000 functions, 10,000 responsibilities' "$(sql tree)" ms 1000 250

note "fan-out to $subscribers subscribers"
: >"$scratch/a"
: >"$scratch/b"
: >"$scratch/c"
for _ in 1 2 3; do
	"$bench" bare "$subscribers" 330 15 >>"$scratch/b"
	"$bench" fan "$port" "$scratch/fan.requests" "$subscribers" "$subscribers" 15 >>"$scratch/a"
	"$bench" fan "$port" "$scratch/fan.requests" "$subscribers" $((subscribers / 10)) 15 >>"$scratch/c"
done
all=$(average 2 <"$scratch/a") bare=$(average 2 <"$scratch/b") tenth=$(average 2 <"$scratch/c")
row "fan-out to $subscribers, last receiver, to a bare epoll loop" "$all" "$bare" ms 1.35 1.10
row "the same when 10 % may see it, to all" "$tenth" "$all" ms 0.2 0.12

note 'idle connections'
alone=$("$bench" idle "$port" "$scratch/echo.requests" 0 64 "$seconds" 2>>"$scratch/echo.log")
crowd=$("$bench" idle "$port" "$scratch/echo.requests" "$subscribers" 64 "$seconds" 2>>"$scratch/echo.log")
row "echo rate with $subscribers idle connections to none" "$crowd" "$alone" /s 0.9 0.95

end_server
serve "$port"
plain=$("$bench" memory "$server" "$port" "$scratch/get.requests" "$subscribers")
size_row 'memory per idle connection, plain' "$(kib "$plain")" KiB 3 2
end_server
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$scratch/key.pem" -out "$scratch/certificate.pem" -subj /CN=bench -days 2 \
	-addext subjectAltName=IP:127.0.0.1 2>/dev/null
serve "$port" --tls-certificate "$scratch/certificate.pem" --tls-key "$scratch/key.pem" --origin "https://127.0.0.1:$port"
tls=$("$bench" memory "$server" "$port" "$scratch/get.requests" $((subscribers / 5)) "$scratch/certificate.pem")
size_row 'memory per idle connection, TLS' "$(kib "$tls")" KiB 20 17
end_server

note 'the description'
mkdir "$scratch/web"
serve "$port" --web "$scratch/web"
plain=$("$bench" get "$port" /openrpc.json)
packed=$("$bench" get "$port" /openrpc.json gzip)
head -c "${packed% *}" /dev/urandom >"$scratch/web/file.png"
file=$("$bench" get "$port" /file.png)
methods=$(psql -X -A -t -c "select jsonb_array_length(meta.catalogue() -> 'methods')")
size_row "description of $methods methods of SQL" "$(kib "${plain% *}")" KiB 2048 ''
size_row 'the same by gzip, as it is sent' "$(kib "${packed% *}")" KiB 200 ''
row 'GET /openrpc.json, to a static file of the same bytes' "${packed#* }" "${file#* }" ms 1.1 1.0
end_server

start=$("$bench" start "$status_port" "$build/ninetwod" serve --database "host=$PGHOST dbname=ninetwo" --listen "127.0.0.1:$port" --status-listen "127.0.0.1:$status_port")
size_row 'start to first answer, schema in place' "$start" ms 30 20

echo
printf '%-62s %11s %11s %-6s %7s  %6s %6s\n' "$(uname -m), $(nproc) cores, PostgreSQL $(psql -X -A -t -c 'show server_version_num'), $large findings" measured beside '' ratio must aim
cat "$table"
echo
echo 'A rate should be at least its must, a cost, a time and a size at most.'
