#!/bin/sh
# sql_file.sh FILE: one pgTAP file in a copy of the loaded database, so that no file sees what another leaves behind.
set -eu
of=${NINETWO_TEMPLATE:-ninetwo}
name=t_${of}_$(basename "$1" .sql)
createdb -T "$of" "$name"
trap 'dropdb --force "$name"' EXIT
psql -X -q -A -t -P pager=off -v ON_ERROR_STOP=1 -d "$name" -f "$1" 2>&1
