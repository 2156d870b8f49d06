#!/bin/sh
# embed.sh: writes to standard output the C file that puts sql/ into ninetwod. Run in the project's folder, where the compiler must run
# too, because the text itself is taken in by the assembler. What the Makefile needs:
#
#   sql := sql/roles.sql $(wildcard those that the loop below takes)
#   $(B)/server/db/sql_files.c: server/db/embed.sh $(sql)
#   	server/db/embed.sh >$@
#   $(B)/server/db/sql_files.o: $(B)/server/db/sql_files.c $(sql)		and into libserver.a
set -eu
LC_ALL=C
export LC_ALL

echo '/* Made by server/db/embed.sh. */'
echo '#include "db/sql_source.h"'
n=0 names=
for file in sql/roles.sql sql/migrations/*.sql sql/core/*.sql sql/rules/*.sql sql/nouns/*.sql sql/catalogues/*.csv; do
	[ -f "$file" ] || continue
	cat <<-END
	__asm__(".pushsection .rodata\n.global sql_file_$n\nsql_file_$n:\n.incbin \"$file\"\n.global sql_file_end_$n\nsql_file_end_$n:\n.byte 0\n.popsection");
	extern const char sql_file_${n}[], sql_file_end_${n}[];
	END
	names="$names	{ \"${file#sql/}\", sql_file_$n, sql_file_end_$n },
"
	n=$((n + 1))
done
echo 'const struct sql_embedded sql_embedded[] = {'
printf '%s' "$names"
echo '	{ 0 }'
echo '};'
