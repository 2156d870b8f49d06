#!/bin/sh
# container.sh [FLAG...]: what runs in the container: brings the private cluster to this release, then serves. With NINETWO_DATABASE, the
# conninfo of another PostgreSQL, it only serves: whoever administers that one migrates.
set -eu

if [ -n "${NINETWO_DATABASE:-}" ]; then
	unset NINETWO_DATA
else
	ninetwod migrate
fi
exec ninetwod serve "$@"
