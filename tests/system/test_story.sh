#!/bin/sh
# test_story.sh: the story that `make demo` plays (story.sh), on a server and a private cluster of its own.
set -eu

project=$(cd "$(dirname "$0")/../.." && pwd -P)
mine=$(mktemp -d "$NINETWO_SCRATCH/story.XXXXXX")
export HOME="$mine" NINETWO_LISTEN=127.0.0.1:0 NINETWO_STATUS_LISTEN=127.0.0.1:0 NINETWO_DATA="$mine/data"
server=
# shellcheck source=tests/system/await.sh
. "$project/tests/system/await.sh"

leave() {
	status=$?
	if [ -n "$server" ] && ! { kill "$server" && wait "$server"; }; then
		echo 'the server did not end in order'
		status=1
	fi
	[ "$status" = 0 ] || tail -n 20 "$mine/log"
	exit "$status"
}
trap leave EXIT

"$NINETWO_BUILD/ninetwod" migrate
"$NINETWO_BUILD/ninetwod" serve >"$mine/log" 2>&1 &
server=$!
await_line "$mine/log" event=app.ready
NINETWO_SERVER=$(sed -n 's/.*event=listen.ready.* listener=\([^ ]*\) kind=main.*/\1/p' "$mine/log")
"$NINETWO_BUILD/ninetwod" init --organisation 'Meridian Payments' --administrator 'Xenia Xanthou <x@meridian.example>' \
	--management 'Marta Mendes <m@meridian.example>' >"$mine/codes"
mkdir "$mine/home"
NINETWO=$NINETWO_BUILD/ninetwo NINETWO_INIT=$mine/codes NINETWO_INVITE="$NINETWO_BUILD/ninetwod invite" NINETWO_HOME=$mine/home NINETWO_SERVER=$NINETWO_SERVER \
	"$project/tests/system/story.sh"
"$NINETWO_BUILD/ninetwod" check
echo '[       OK ] the story, and everything in the database as it should be afterwards'
