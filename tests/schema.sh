#!/bin/sh
# schema.sh BUILD [current]: writes to standard output what sql/schema.sql should be: the tables, indexes, policies, triggers and grants of a
# migrated database, as PostgreSQL 15 writes them. (Functions and the views of records are read best in their files; what policies and
# triggers were made from is noted in their comments, for the loader alone.) With `current` it fails when the committed file is another.
# Any other PostgreSQL writes it a little differently, and is not asked.
set -eu
. tests/scratch.sh
. tests/cluster.sh

build=$1 only_look=${2:-}
case $build in /*) ;; *) build=$PWD/$build ;; esac
cluster_start max_connections=20
case $(psql -X -A -t -c 'show server_version_num') in
15*) ;;
*) [ -n "$only_look" ] || { echo 'sql/schema.sql is written by PostgreSQL 15' >&2; exit 1; }; exit 0 ;;
esac
createdb ninetwo
tests/load.sh "$build" ninetwo
pg_dump -d ninetwo --schema-only --format=custom --file="$scratch/dump" --exclude-schema=api --exclude-schema=method --exclude-schema=record \
	--exclude-schema=meta --exclude-schema=public
pg_restore --list "$scratch/dump" | grep -vE ' FUNCTION | COMMENT [a-z]+ (POLICY|TRIGGER) ' >"$scratch/list"
{
	echo '-- The tables as the migrations leave them. Written by "make schema"; to be read, not to be run: "ninetwod migrate" makes databases.'
	pg_restore --use-list="$scratch/list" --file=- "$scratch/dump" |
		sed -e '/^--/d' -e '/^\\restrict/d' -e '/^\\unrestrict/d' -e '/^SET /d' -e '/^SELECT pg_catalog.set_config/d' | cat -s
} >"$scratch/schema.sql"
[ -n "$only_look" ] || { cat "$scratch/schema.sql"; exit 0; }
cmp -s sql/schema.sql "$scratch/schema.sql" && exit 0
diff -u sql/schema.sql "$scratch/schema.sql" | head -n 40
echo 'sql/schema.sql is not what the migrations make: run "make schema"' >&2
exit 1
