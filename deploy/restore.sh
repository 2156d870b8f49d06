#!/bin/sh
# restore.sh CONNINFO FOLDER: what backup.sh put into FOLDER, into an empty database. No ninetwod may be running on it yet.
#
# CONNINFO names the database and its superuser. For a new private cluster:
#   ninetwod cluster start --data DIR
#   restore.sh "$(ninetwod cluster conninfo --data DIR) user=postgres" FOLDER
# The restored ledger is a new incarnation: a client that saw more than was restored is told to read anew. Afterwards run
# `ninetwod migrate` (the release may be newer than the backup) and `ninetwod check`.
set -eu

[ $# = 2 ] || { echo "usage: restore.sh CONNINFO FOLDER" >&2; exit 2; }
conninfo=$1 folder=$2
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$conninfo" "$@"; }

[ -f "$folder/ninetwo.dump" ] || { echo "restore.sh: $folder holds no whole backup" >&2; exit 1; }
used=$(sql -c "select count(*) from pg_namespace where nspname in ('app', 'ledger')")
[ "$used" = 0 ] || { echo "restore.sh: this database is not empty" >&2; exit 1; }

# Roles belong to the cluster and may be there already.
sed -n 's/^CREATE ROLE \(ninetwo_[a-z]*\);$/\1/p' "$folder/roles.sql" | while read -r role; do
	sql -c "do \$\$ begin create role $role; exception when duplicate_object then null; end \$\$"
done
grep -v '^CREATE ROLE' "$folder/roles.sql" | sql -f - >/dev/null
pg_restore --dbname="$conninfo" --exit-on-error "$folder/ninetwo.dump"
sql -c 'set role ninetwo_operator' -c 'select operator.restored()' >/dev/null
