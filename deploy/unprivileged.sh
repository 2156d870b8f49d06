#!/bin/sh
# unprivileged.sh COMMAND [ARGUMENT...]: runs COMMAND, a path below the project's folder, as somebody who is not root.
#
# PostgreSQL and ninetwod refuse to run as root. Whoever is not root just runs the command. Root becomes the system user "ninetwo",
# made when it is missing; where that user cannot read the project's folder (below /root, say), it works in a copy of what has been
# built. The command finds a folder of its own in NINETWO_SCRATCH (short, because a socket's path may have 107 bytes), which it
# removes when it ends: see tests/scratch.sh.
set -eu

user=ninetwo
here=$(cd "$(dirname "$0")/.." && pwd -P)
base=${NINETWO_SCRATCH_BASE:-/var/tmp}

NINETWO_SCRATCH=$(mktemp -d "$base/n2.XXXXXX")
export NINETWO_SCRATCH
if [ "$(id -u)" != 0 ]; then
	cd "$here"
	exec "$@"
fi

id "$user" >/dev/null 2>&1 || useradd --system --home-dir /var/lib/ninetwo --shell /usr/sbin/nologin "$user"
become() { setpriv --reuid="$user" --regid="$user" --clear-groups "$@"; }

if ! become test -r "$here/Makefile" -a -x "$here/deploy"; then
	mkdir "$NINETWO_SCRATCH/tree"
	tar -C "$here" -cf - --exclude=.git --exclude='*.o' --exclude='*.a' . | tar -C "$NINETWO_SCRATCH/tree" -xf -
	here=$NINETWO_SCRATCH/tree
fi
chown -R "$user:$user" "$NINETWO_SCRATCH"
cd "$here"
HOME=$NINETWO_SCRATCH USER=$user LOGNAME=$user exec setpriv --reuid="$user" --regid="$user" --clear-groups "$@"
