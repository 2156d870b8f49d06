#!/bin/sh
# demo.sh BUILD WEB [ONCE]: ninetwod on a private cluster made for this, a believable organisation, and the story of one audit played through
# `ninetwo` by several people signed in at once. Then it goes on serving, on loopback only, until Ctrl-C; with ONCE it ends after the story.
# Started by `make demo`, through unprivileged.sh. Whatever it makes lies in one folder, which goes when it ends.
set -eu
. tests/scratch.sh
. tests/system/await.sh

build=$1 web=$2 once=${3:-}
case $build in /*) ;; *) build=$PWD/$build ;; esac
case $web in '' | /*) ;; *) web=$PWD/$web ;; esac
export HOME="$scratch" NINETWO_DATA="$scratch/data" NINETWO_HOME="$scratch/sign-ins"
mkdir "$NINETWO_HOME"

# The usual ports, unless somebody has them.
NINETWO_LISTEN=127.0.0.1:${PORT:-9200} NINETWO_STATUS_LISTEN=127.0.0.1:${STATUS_PORT:-9201}
export NINETWO_LISTEN NINETWO_STATUS_LISTEN
[ ! -e "$web/index.html" ] || export NINETWO_WEB="$web"

serve() {
	: >"$scratch/log"
	"$build/ninetwod" serve >"$scratch/log" 2>&1 &
	server=$!
	await_ready "$scratch/log" "$server"
}
stop() {
	kill "$server" 2>/dev/null || return 0
	wait "$server" || :
}
at_end stop

echo 'The database ...'
"$build/ninetwod" migrate >"$scratch/migrate" || { cat "$scratch/migrate"; exit 1; }
if ! serve; then
	grep -q 'in use' "$scratch/log" || { cat "$scratch/log"; exit 1; }
	NINETWO_LISTEN=127.0.0.1:0 NINETWO_STATUS_LISTEN=127.0.0.1:0
	serve || { cat "$scratch/log"; exit 1; }
fi
NINETWO_SERVER=$(sed -n 's/.*event=listen.ready.* listener=\([^ ]*\) kind=main.*/\1/p' "$scratch/log")
export NINETWO_SERVER

"$build/ninetwod" init --organisation 'Meridian Payments' --administrator 'Xenia Xanthou <x@meridian.example>' \
	--management 'Marta Mendes <m@meridian.example>' >"$scratch/codes"
NINETWO=$build/ninetwo NINETWO_INIT=$scratch/codes NINETWO_INVITE="$build/ninetwod invite" tests/system/story.sh

echo
echo "ninetwod serves http://$NINETWO_SERVER, on this machine only."
echo 'Sign in as (e-mail, password, who):'
sed 's/^/   /' "$NINETWO_HOME/people"
[ -z "${NINETWO_WEB:-}" ] || echo "In a browser: http://$NINETWO_SERVER"
echo "On the command line: $build/ninetwo login --server $NINETWO_SERVER E-MAIL"
[ -z "$once" ] || exit 0
echo 'Ctrl-C stops all of it.'
wait "$server"
