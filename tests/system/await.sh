# await.sh: sourced by scripts that wait. What must come about is waited for until it is there, for a minute at most: how fast a machine is, and
# what else it does meanwhile, is no verdict.
# shellcheck shell=sh

# await WHAT COMMAND…: until the command succeeds; a minute later says what it waited for, and fails.
await() {
	await_what=$1 await_until=$(($(date +%s) + 60))
	shift
	until "$@"; do
		[ "$(date +%s)" -lt "$await_until" ] || { echo "waited a minute in vain: $await_what" >&2; return 1; }
		sleep 0.1
	done
}

# await_line FILE PATTERN: until the file holds a line like it (an extended regular expression).
await_line() { await "$1 says $2" grep -Eqs -- "$2" "$1"; }

# await_ready FILE PID: until the server PID, which logs to FILE, is ready. Fails, too, when it ends before.
await_ready() { await 'the server is ready' await_ready_or_gone "$1" "$2" && grep -q event=app.ready "$1"; }
await_ready_or_gone() { grep -qs event=app.ready "$1" || ! kill -0 "$2" 2>/dev/null; }
