#!/bin/sh
# test_getting_started.sh: does what docs/getting-started.md says, command by command. What a person types at a prompt is typed here: the codes in
# the order in which they were printed, and a password.
set -eu

project=$(cd "$(dirname "$0")/../.." && pwd -P)
mine=$(mktemp -d "$NINETWO_SCRATCH/start.XXXXXX")
export HOME="$mine" NINETWO_HOME="$mine/sign-ins" NINETWO_LISTEN=127.0.0.1:0 NINETWO_STATUS_LISTEN=127.0.0.1:0 NINETWO_DATA="$mine/data"
mkdir "$NINETWO_HOME"
: >"$mine/codes"
server=
# shellcheck source=tests/system/await.sh
. "$project/tests/system/await.sh"

leave() {
	status=$?
	[ -z "$server" ] || { kill "$server" && wait "$server" || status=1; }
	exit "$status"
}
trap leave EXIT

serve() {
	"$NINETWO_BUILD/ninetwod" serve >"$mine/log" 2>&1 &
	server=$!
	await_line "$mine/log" event=app.ready
	NINETWO_SERVER=$(sed -n 's/.*event=listen.ready.* listener=\([^ ]*\) kind=main.*/\1/p' "$mine/log")
	export NINETWO_SERVER
}

ninetwod() {
	case $1 in
	serve) serve ;;
	init | invite)
		"$NINETWO_BUILD/ninetwod" "$@" >"$mine/printed"
		sed -n 's/.* code \([A-Z0-9-]*\)$/\1/p' "$mine/printed" >>"$mine/codes"
		;;
	*) "$NINETWO_BUILD/ninetwod" "$@" ;;
	esac
}

ninetwo() {
	case " $* " in
	*' set-password '*)
		{ head -n 1 "$mine/codes"; echo 'a password of its own'; } | "$NINETWO_BUILD/ninetwo" "$@"
		sed -i 1d "$mine/codes"
		;;
	*' login '*) echo 'a password of its own' | "$NINETWO_BUILD/ninetwo" "$@" ;;
	*' can '*) "$NINETWO_BUILD/ninetwo" "$@" || [ $? = 4 ] ;;
	*) "$NINETWO_BUILD/ninetwo" "$@" ;;
	esac
}

# The page names the first audit of one year; the year is the one in which it is read.
# shellcheck disable=SC2016 # the backquotes are Markdown's
sed -n '/^```sh$/,/^```$/p' "$project/docs/getting-started.md" | sed "/^\`\`\`/d; s/IA-[0-9]\{4\}-/IA-$(date -u +%Y)-/g" >"$mine/page"
[ "$(grep -c '^ninetwo' "$mine/page")" -gt 40 ]
cd "$mine"
set -x
# shellcheck source=/dev/null
. "$mine/page"
set +x
[ "$(ninetwo --as lena audit get "IA-$(date -u +%Y)-01" --field state)" = closed ]
echo '[       OK ] every command of getting-started.md'
