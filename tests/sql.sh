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
files=tests/sql/${only:-*}.sql
# shellcheck disable=SC2086 # the pattern is meant to be expanded
prove -j2 --timer --failures --comments --exec tests/sql_file.sh $files
