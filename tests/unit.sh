#!/bin/sh
# unit.sh BUILD [NAME]: runs the cmocka programs of BUILD/tests/unit, three at a time, because most of them wait; or the one called NAME.
# Fails when one fails.
set -u
. tests/scratch.sh

build=$1 only=${2:-}
export CMOCKA_MESSAGE_OUTPUT=stdout
: >"$scratch/verdicts"

# One program: its output is shown whole when it fails, in one line when it passes.
cat >"$scratch/one" <<'ONE'
#!/bin/sh
name=${1##*/test_} out=$(mktemp "$NINETWO_SCRATCH/out.XXXXXX")
if timeout -k 10 "${NINETWO_TEST_SECONDS:-1200}" "$1" >"$out" 2>&1; then
	printf 'ok   %-28s %s\n' "$name" "$(grep -a '^\[  PASSED  \]' "$out" | tail -n 1)" | tee -a "$NINETWO_SCRATCH/verdicts"
else
	status=$?
	cat "$out"
	printf 'FAIL %-28s exit status %s\n' "$name" "$status" | tee -a "$NINETWO_SCRATCH/verdicts"
fi
ONE
chmod +x "$scratch/one"

# The longest first.
for name in silence websocket $(find tests/unit -name 'test_*.c' | sed 's,.*/test_\(.*\)\.c$,\1,' | grep -vxE 'silence|websocket' | sort); do
	if [ -z "$only" ] || [ "$name" = "$only" ] || [ "test_$name" = "$only" ]; then echo "$build/tests/unit/test_$name"; fi
done | xargs -r -P "${JOBS:-3}" -n 1 "$scratch/one"

passed=$(grep -c '^ok' "$scratch/verdicts") failed=$(grep -c '^FAIL' "$scratch/verdicts")
echo "unit: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
