#!/bin/sh
# load.sh BUILD DATABASE: the schema into an empty database of the cluster that PGHOST and PGUSER name.
set -eu
database=$2
set -- -f sql/roles.sql
for file in sql/migrations/*.sql; do set -- "$@" -c 'set role ninetwo_owner' -f "$file" -c 'reset role'; done
for file in sql/functions/*.sql; do set -- "$@" -c 'set role ninetwo_api' -f "$file" -c 'reset role'; done
exec psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -d "$database" "$@" -c 'set role ninetwo_owner' -c 'select meta.build()'
