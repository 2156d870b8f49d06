#!/bin/sh
# mutants_sql.sh FOLDER: of mutants.mjs, as somebody who is not root. Each fault below FOLDER is put into a copy of one database by ninetwod
# itself, and the pgTAP files that must find it are run on copies of that. Prints a line for each: its folder and a word.
set -eu
. tests/scratch.sh
. tests/cluster.sh

cluster_start max_connections=60
createdb ninetwo
tests/load.sh build ninetwo
psql -X -q -d ninetwo -c 'create extension pgtap'

# Whether a test passes in a copy of a database.
cat >"${scratch:?}/passes" <<'END'
#!/bin/sh
NINETWO_TEMPLATE=$1 prove -Q --exec tests/sql_file.sh "tests/sql/$2.sql" >"$NINETWO_SCRATCH/$1.$2.out" 2>&1
END
cat >"$scratch/unproven" <<'END'
#!/bin/sh
"$NINETWO_SCRATCH/passes" ninetwo "$1" || echo "$1"
END
# Migrations go one at a time: roles are the cluster's.
cat >"$scratch/one" <<'END'
#!/bin/sh
word=found name=m$$ scratch=$NINETWO_SCRATCH
if grep -qxFf "$scratch/broken" "$1/tests"; then echo "${1##*/} unproven"; exit; fi
cp -r sql "$scratch/$name"
cat "$1/faulty" >"$scratch/$name/$(cat "$1/file")"
createdb -T ninetwo "$name"
if flock "$scratch/lock" build/ninetwod migrate --database "host=$PGHOST dbname=$name user=$PGUSER" --sql "$scratch/$name" >"$scratch/$name.log" 2>&1; then
	while read -r test; do
		if "$scratch/passes" "$name" "$test" </dev/null; then word=survived; fi
	done <"$1/tests"
else
	word=unbuilt
	cat "$scratch/$name.log" >&2
fi
dropdb --force "$name"
rm -r "${scratch:?}/$name"
echo "${1##*/} $word"
END
chmod +x "$scratch/passes" "$scratch/unproven" "$scratch/one"

# What fails without a fault proves nothing.
sort -u "$1"/*/tests | xargs -P 2 -I '{}' "$scratch/unproven" '{}' >"$scratch/broken"
find "$1" -mindepth 1 -maxdepth 1 | sort -V | xargs -P 2 -n 1 "$scratch/one"
