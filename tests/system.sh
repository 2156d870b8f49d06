#!/bin/sh
# system.sh BUILD [NAME]: the programs of BUILD/tests/system and the scripts tests/system/test_*.sh, three at a time, because most of them
# wait; or the one called NAME. Each starts real servers on a PostgreSQL cluster of its own, a copy of one that is made here.
set -eu
. tests/scratch.sh
. tests/cluster.sh

build=$1 only=${2:-}
case $build in /*) ;; *) build=$PWD/$build ;; esac

# The seed: a stopped cluster with the schema in it.
mkdir "$scratch/seed"
cluster_at=$scratch/seed
cluster_start max_connections=100
createdb ninetwo
tests/load.sh "$build" ninetwo
"$cluster_bin/pg_ctl" -D "$scratch/seed/pg" -m fast -w -s stop
sed -i '/^unix_socket_directories/d' "$scratch/seed/pg/postgresql.conf"
NINETWO_SEED=$scratch/seed/pg
NINETWO_BUILD=$build
NINETWO_POSTGRESQL=$cluster_bin
export NINETWO_SEED NINETWO_BUILD NINETWO_POSTGRESQL CMOCKA_MESSAGE_OUTPUT=stdout

# What a test that failed left running.
stop_clusters() {
	for pid in "$scratch"/*/pg/postmaster.pid "$scratch"/*/*/pg/postmaster.pid; do
		if [ -e "$pid" ]; then "$NINETWO_POSTGRESQL/pg_ctl" -D "${pid%/*}" -m immediate -s stop || :; fi
	done
}
at_end stop_clusters

# The longest first, so that no core is idle at the end.
programs() {
	for source in tests/system/test_races.c tests/system/test_bad_input.c tests/system/test_operator.sh tests/system/test_story.sh \
			$(find tests/system -name 'test_*.[cs]*' | grep -vE 'test_(races|bad_input|operator|story)\.' | sort); do
		name=${source##*/test_} name=${name%.*}
		case $source in *.sh) program=$PWD/$source ;; *) program=$build/${source%.c} ;; esac
		[ -z "$only" ] || [ "$only" = "$name" ] || [ "$only" = "test_$name" ] || continue
		echo "$program"
	done
}

# One program: its output is shown whole when it fails, in one line when it passes.
cat >"$scratch/one" <<'ONE'
#!/bin/sh
name=${1##*/test_} name=${name%.sh} began=$(date +%s)
if timeout -k 10 "${NINETWO_TEST_SECONDS:-1200}" "$1" >"$NINETWO_SCRATCH/$name.out" 2>&1; then
	verdict=ok
else
	verdict="FAIL ($?)"
	cat "$NINETWO_SCRATCH/$name.out"
fi
passed=$(grep -ac '^\[       OK \]' "$NINETWO_SCRATCH/$name.out")
line=$(printf '%-10s %-24s %3d s  %s tests' "$verdict" "$name" $(($(date +%s) - began)) "$passed")
echo "$line" | tee -a "$NINETWO_SCRATCH/verdicts"
ONE
chmod +x "$scratch/one"
: >"$scratch/verdicts"
programs | xargs -r -P "${JOBS:-3}" -n 1 "$scratch/one"

passed=$(grep -c '^ok' "$scratch/verdicts" || :)
failed=$(grep -c '^FAIL' "$scratch/verdicts" || :)
echo "system: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
