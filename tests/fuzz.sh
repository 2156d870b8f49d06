#!/bin/sh
# fuzz.sh BUILD SECONDS [NAME]: every target of tests/fuzz with its whole corpus, then on for so many seconds; JOBS (2) at a time. Inputs are
# made from FUZZ_SEED (0: other ones each time). An input that breaks one is printed in base64, and becomes part of the corpus
# once what it found is mended.
set -u
. tests/scratch.sh

build=$1 seconds=$2 only=${3:-}
export UBSAN_OPTIONS=print_stacktrace=1 ASAN_OPTIONS=detect_leaks=1

cat >"$scratch/one" <<'ONE'
#!/bin/sh
name=${1##*/fuzz_} dict=
mkdir -p "$NINETWO_SCRATCH/$name"
case $name in request | schema | presence | caller | catalogue | cli_document | cli_output) dict=-dict=tests/fuzz/json.dict ;; connection) dict=-dict=tests/fuzz/connection.dict ;; head) dict=-dict=tests/fuzz/head.dict ;; cli_answer) dict=-dict=tests/fuzz/http.dict ;; esac
if "$1" -max_total_time="$2" -seed="${FUZZ_SEED:-0}" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=1 -verbosity=0 $dict \
	-artifact_prefix="$NINETWO_SCRATCH/crash-$name-" "$NINETWO_SCRATCH/$name" "tests/fuzz/corpus/$name" >"$NINETWO_SCRATCH/$name.out" 2>&1; then
	echo "ok   fuzz_$name  $(sed -n 's/^stat::number_of_executed_units: *//p' "$NINETWO_SCRATCH/$name.out") inputs" | tee -a "$NINETWO_SCRATCH/verdicts"
else
	tail -n 60 "$NINETWO_SCRATCH/$name.out"
	for input in "$NINETWO_SCRATCH/crash-$name-"*; do [ -e "$input" ] && echo "input of fuzz_$name, base64: $(base64 -w 0 "$input")"; done
	echo "FAIL fuzz_$name" | tee -a "$NINETWO_SCRATCH/verdicts"
fi
ONE
chmod +x "$scratch/one"
: >"$scratch/verdicts"
for program in "$build"/tests/fuzz/fuzz_*; do
	name=${program##*/fuzz_}
	[ -e "tests/fuzz/fuzz_$name.c" ] || continue
	if [ -z "$only" ] || [ "$only" = "$name" ]; then echo "$program"; fi
done | xargs -r -P "${JOBS:-2}" -I{} "$scratch/one" {} "$seconds"

passed=$(grep -c '^ok' "$scratch/verdicts") failed=$(grep -c '^FAIL' "$scratch/verdicts")
echo "fuzz: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
