#!/bin/sh
# sql.sh BUILD [NAME]: the pgTAP files of tests/sql, or NAME.sql alone, each in a database of its own on a throw-away cluster.
set -eu
. tests/scratch.sh
. tests/cluster.sh

build=$1 only=${2:-}
cluster_start max_connections=60
createdb ninetwo
tests/load.sh "$build" ninetwo
psql -X -q -d ninetwo -c 'create extension pgtap'
# The longest first, so that no core is idle at the end.
files=$(find tests/sql -maxdepth 1 -name "${only:-*}.sql" | sort |
	awk "/_race|matrix|coverage_table|page/ { print; next } { rest = rest \"\n\" \$0 } END { print rest }" | grep .)
[ -n "$files" ] || { echo "there is no tests/sql/$only.sql"; exit 1; }
# shellcheck disable=SC2086 # the pattern is meant to be expanded
prove -j2 --timer --failures --comments --exec tests/sql_file.sh $files
