#!/bin/sh
# check.sh: everything that `make check` promises, one step after the other, every step even when one before it failed. Output of each step
# is kept in build/check/STEP.log and shown when it fails, its closing lines when it passes.
set -u

steps=${*:-build lint docs-current unit sql system browser fuzz asan}
mkdir -p build/check
passed=0 failed=0 began=$(date +%s)

step() { # step NAME: the targets of the Makefile, with what a check gives them
	case $1 in
	build) make --no-print-directory -j"$(nproc)" tests web ;;
	fuzz) # begun alike each time, so that a check looks where the last one did; make fuzz goes further
		FUZZ_SEED=1 make --no-print-directory fuzz FUZZ_SECONDS="${FUZZ_SECONDS:-2}" ;; # each corpus whole, then so many seconds on
	*) make --no-print-directory "$1" ;;
	esac
}

for name in $steps; do
	start=$(date +%s)
	printf '== %s\n' "$name"
	if step "$name" >"build/check/$name.log" 2>&1; then
		passed=$((passed + 1))
		grep -vE '^(CC|LD|SQL|NPM|WEB) |^deploy/unprivileged' "build/check/$name.log" | tail -n "${CHECK_LINES:-12}"
		printf '== %s: passed after %d s\n' "$name" $(($(date +%s) - start))
	else
		failed=$((failed + 1))
		grep -vE '^(CC|LD|SQL|NPM|WEB) ' "build/check/$name.log" | tail -n 300
		printf '== %s: FAILED after %d s\n' "$name" $(($(date +%s) - start))
	fi
done
printf 'check took %d s\n' $(($(date +%s) - began))
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
