#!/bin/sh
# unit.sh BUILD [NAME]: runs the cmocka programs of BUILD/tests/unit, two at a time, or the one called NAME; fails when one fails.
set -u
. tests/scratch.sh

build=$1 only=${2:-}
export CMOCKA_MESSAGE_OUTPUT=stdout
: >"$scratch/verdicts"

# One program: its output is shown whole when it fails, in one line when it passes.
cat >"$scratch/one" <<'ONE'
#!/bin/sh
name=${1##*/test_} out=$(mktemp "$NINETWO_SCRATCH/out.XXXXXX")
if "$1" >"$out" 2>&1; then
	printf 'ok   %-28s %s\n' "$name" "$(grep -a '^\[  PASSED  \]' "$out" | tail -n 1)" | tee -a "$NINETWO_SCRATCH/verdicts"
else
	status=$?
	cat "$out"
	printf 'FAIL %-28s exit status %s\n' "$name" "$status" | tee -a "$NINETWO_SCRATCH/verdicts"
fi
ONE
chmod +x "$scratch/one"

for program in "$build"/tests/unit/test_*; do # those whose source is still there
	name=${program##*/test_}
	[ -e "tests/unit/test_$name.c" ] || continue
	if [ -z "$only" ] || [ "$name" = "$only" ] || [ "test_$name" = "$only" ]; then echo "$program"; fi
done | xargs -r -P "${JOBS:-2}" -n 1 "$scratch/one"

passed=$(grep -c '^ok' "$scratch/verdicts") failed=$(grep -c '^FAIL' "$scratch/verdicts")
echo "unit: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
