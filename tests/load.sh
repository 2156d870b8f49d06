#!/bin/sh
# load.sh BUILD DATABASE: the schema, by ninetwod itself, into an empty database of the cluster that PGHOST and PGUSER name.
set -eu
"$1/ninetwod" migrate --database "host=$PGHOST dbname=$2 user=$PGUSER" >"${TMPDIR:-/tmp}/migrate.log" 2>&1 ||
	{ cat "${TMPDIR:-/tmp}/migrate.log"; exit 1; }
