#!/bin/sh
# reference.sh BUILD page|types|current: from a server of BUILD on a private cluster that lasts as long as this, writes docs/reference.md or
# server/web/wire/methods.ts to standard output. With `current` it writes nothing and fails when what is committed is not what it would write, or
# another page of docs/ says of the settings or of its neighbours what is not so. Started by deploy/unprivileged.sh.
set -eu
. tests/scratch.sh
. tests/system/await.sh

build=$1 what=$2
case $build in /*) ;; *) build=$PWD/$build ;; esac
export HOME="$scratch" NINETWO_DATA="$scratch/data"

"$build/ninetwod" migrate >/dev/null
"$build/ninetwod" serve --listen 127.0.0.1:0 --status-listen 127.0.0.1:0 >"$scratch/log" 2>&1 &
server=$!
at_end "kill $server 2>/dev/null; wait $server"
await_ready "$scratch/log" "$server" || { cat "$scratch/log"; exit 1; }
address=$(sed -n 's/.*event=listen.ready.* listener=\([^ ]*\) kind=main.*/\1/p' "$scratch/log")

"$build/ninetwo" --server "$address" call rpc.discover --json >"$scratch/openrpc"
"$build/ninetwod" cluster psql -X -q -At -f docs/reference.sql >"$scratch/events"
"$build/docs/reference" "$scratch/openrpc" "$scratch/events" >"$scratch/page"
"$build/ninetwod" cluster psql -X -q -At -f docs/states.sql >>"$scratch/page"
node server/web/methods.mjs "$scratch/openrpc" >"$scratch/types"
[ "$what" = current ] || { cat "$scratch/$what"; exit 0; }

wrong=0
offence() { echo "docs: $*"; wrong=1; }
cmp -s server/web/wire/methods.ts "$scratch/types" || offence "server/web/wire/methods.ts is not what the server says of itself: make docs"
cmp -s docs/reference.md "$scratch/page" || offence "reference.md is not what the server says of itself: make docs"

# Every setting has its row in the table of operating.md, with its default; and no row is left over.
"$build/ninetwod" help | sed -n 's/^  \(--\|  \)\([a-z-][a-z-]*\)  .*/\2/p' | sort >"$scratch/settings"
# shellcheck disable=SC2016 # the backquotes are Markdown's
sed -n '/^| setting |/,/^$/s/^| `\([a-z-]*\)` .*/\1/p' docs/operating.md | sort >"$scratch/rows"
cmp -s "$scratch/settings" "$scratch/rows" || offence "settings without a row in operating.md, or rows without a setting: $(comm -3 "$scratch/settings" "$scratch/rows" | tr '\n\t' '  ')"

# Links within the project lead somewhere.
for page in README.md docs/*.md docs/adr/*.md; do
	grep -o '](\([A-Za-z0-9_./-]*\)[)#]' "$page" | sed 's/^](//; s/[)#]$//' | sort -u >"$scratch/links" || :
	while read -r link; do
		[ -e "$(dirname "$page")/$link" ] || offence "$page links to $link, which is not there"
	done <"$scratch/links"
done
exit $wrong
