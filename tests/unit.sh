#!/bin/sh
# unit.sh BUILD [NAME]: runs the cmocka programs of BUILD/tests/unit, or the one called NAME; fails when one fails.
set -u
. tests/scratch.sh

build=$1 only=${2:-}
passed=0 failed=0
export CMOCKA_MESSAGE_OUTPUT=stdout
for program in "$build"/tests/unit/test_*; do # those whose source is still there
	name=${program##*/test_}
	[ -e "tests/unit/test_$name.c" ] || continue
	[ -z "$only" ] || [ "$name" = "$only" ] || [ "test_$name" = "$only" ] || continue
	if "$program" >"$scratch/out" 2>&1; then
		passed=$((passed + 1))
		printf 'ok   %-28s %s\n' "$name" "$(grep -a '^\[  PASSED  \]' "$scratch/out" | tail -n 1)"
	else
		printf 'FAIL %-28s exit status %s\n' "$name" $?
		cat "$scratch/out"
		failed=$((failed + 1))
	fi
done
echo "unit: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
