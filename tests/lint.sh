#!/bin/sh
# lint.sh: what a machine can see of the house rules. Prints every offence and fails when there is one.
set -u
cd "$(dirname "$0")/.." || exit 1

offences=0
rule() { # rule NAME OFFENDING-LINES
	[ -n "$2" ] || return 0
	offences=$((offences + $(printf '%s\n' "$2" | wc -l)))
	printf '%s:\n%s\n' "$1" "$2" | sed '2,$s/^/    /'
}

# What is checked: the tree without what was built. Files named by extension; deploy/packages and the like are data.
sources() {
	find server client-cli sql tests deploy docs Makefile README.md .ci -name node_modules -prune -o -type f "$@" -print 2>/dev/null |
		grep -v '^tests/lint\.sh$'
}
search() { # search REGEX FIND-TESTS...
	pattern=$1
	shift
	sources "$@" | xargs -r grep -nIE -- "$pattern" /dev/null
}
c() { search "$1" -name '*.[ch]'; }
outside() { grep -vE "^($1)"; }

# --- layers: base knows nobody; net alone knows libwebsockets, db alone libpq; rpc sees narrow headers; app knows all
rule 'libwebsockets outside server/net' "$(c '#include *[<"](libwebsockets|lws)' | grep '^server/' | outside 'server/net/')"
rule 'libpq outside server/db' "$(c '#include *[<"](postgresql/)?(libpq|pg_config)' | grep '^server/' | outside 'server/db/')"
rule 'base includes a layer above it' "$(c '#include *"(net|db|rpc|api|live|auth|app)[/.]' | grep '^server/base/')"
rule 'net includes another layer than base' "$(c '#include *"(db|rpc|api|live|auth|app)[/.]' | grep '^server/net/')"
rule 'db includes another layer than base' "$(c '#include *"(net|rpc|api|live|auth|app)[/.]' | grep '^server/db/')"
rule 'rpc includes more than base, net/peer.h and db/db.h' \
	"$(c '#include *"(net|db|api|live|auth|app)[/.]' | grep '^server/rpc/' | grep -vE '"(net/peer|db/db)\.h"')"
rule 'app.h outside app.c and main.c' "$(c '#include *"app\.h"' | grep '^server/' | outside 'server/(app|main)\.c')"
rule 'an include relative to its own folder' "$(c '#include *"[^/"]*"' | grep -vE '^(server/(app|main)\.c|tests/)' | grep -v '"app\.h"')"

# --- nothing blocks the loop. The operator's commands and the start of the cluster are not on it.
rule 'libpq calls that block' "$(c '\b(PQexec|PQexecParams|PQexecPrepared|PQprepare|PQconnectdb|PQconnectdbParams|PQreset)\(' |
	grep '^server/' | outside 'server/db/(command|cluster|migrate|account|session)')"
rule 'sleeping' "$(c '\b(sleep|usleep|nanosleep)\(' | grep -E '^server/' | outside 'server/db/(command|cluster|migrate|account)')"

# --- C
rule 'struct typedef' "$(c '^[[:space:]]*typedef (struct|union)\b')"
rule 'function typedef not called *_fn' "$(c '^typedef .*\(' | grep -vE '_fn\)|_fn\(')"
rule 'unbounded string functions' "$(c '\b(strcat|sprintf|vsprintf|gets|strtok|alloca)\(' | grep -v '^tests/')"
rule 'exit outside main' "$(c '\b(exit|abort)\(' | grep '^server/' | outside 'server/(main\.c|db/(command|cluster))' | grep -v '_exit(')"
rule 'a file named for nothing' "$(sources | grep -E '/(util|utils|misc|common|helper|helpers)\.[a-z]+$')"

# A backtrace and a search find one function of a name. Each of the two programs has its main; the client's connection and
# address are other things than the server's, each with a header of its own.
twice_allowed='main|connection_free|address_parse|address_is_loopback'
functions() { # NAME FILE of each definition: a head that begins in column 0, then a brace on a line of its own
	find server client-cli -name node_modules -prune -o -name '*.[ch]' -print | while read -r file; do awk '
		/^[A-Za-z_].*\(/ && !/[;{]$/ { head = $0 }
		/;$/ || /^}/ { head = "" }
		$0 == "{" && head { sub(/\(.*/, "", head); sub(/.*[ *]/, "", head); print head, FILENAME; head = "" }' "$file"; done
}
rule 'a name that another file gives to a function too (call it by the noun of its file)' "$(functions | sort -u |
	awk '$1 == name { print $1 ": " first " and " $2 } $1 != name { name = $1; first = $2 }' | grep -vE "^($twice_allowed):")"

# --- SQL (docs/style.md)
sql() { find sql tests/sql -name '*.sql' ! -name schema.sql; }
rule 'an SQL line over 120 columns (tabs of four)' "$(sql | while read -r file; do
	expand -t 4 "$file" | awk -v f="$file" 'length > 120 { print f ":" FNR ": " length }'; done)"
rule 'an SQL file over 600 lines' "$(find sql -name '*.sql' ! -name schema.sql -exec wc -l {} + | awk '$1 > 600 && $2 != "total"')"
definitions() { grep -nE -- "$1" sql/core/*.sql sql/rules/*.sql sql/nouns/*.sql; }
rule 'a conflict of variables settled by a pragma' "$(definitions '#variable_conflict')"
rule 'an argument without its underscore' "$(awk '/^create or replace function/ { head = ""; line = FNR; open = 1 }
	open { head = head $0; if (/ as \$|begin atomic|^return/) { open = 0
		if (head !~ /function api\./ && match(head, /\([^)]*/)) { n = split(substr(head, RSTART + 1, RLENGTH - 1), a, ",")
			for (i = 1; i <= n; i++) { sub(/^[ \t]+(variadic )?/, "", a[i]); if (a[i] ~ /^(variadic )?[a-z"]/ && a[i] !~ /^(out|inout) / && a[i] ~ / / && a[i] !~ /^(uuid|text|int|jsonb)/ && a[i] !~ /^variadic _/) print FILENAME ":" line ": " a[i] } } } }' \
	sql/core/*.sql sql/rules/*.sql sql/nouns/*.sql)"
rule 'functions, policies or triggers in a migration' "$(grep -nEi 'create (or replace )?(function|policy|trigger)' sql/migrations/*.sql)"

# --- the browser client: wire < store < text < part < page, as in C; what it looks like is decided in one place; nothing that its policy forbids
web() { search "$1" -path 'server/web/*' -name "$2" | outside 'server/web/wire/methods\.ts|server/web/style/tokens\.css'; }
rule 'wire imports a layer above it' "$(web "from '#(store|text|part|page)/" '*.ts' | grep '^server/web/wire/')"
rule 'store imports a layer above it' "$(web "from '#(text|part|page)/" '*.ts' | grep '^server/web/store/')"
rule 'text imports a layer above it' "$(web "from '#(part|page)/" '*.ts' | grep '^server/web/text/')"
rule 'part imports a page' "$(web "from '#page/" '*.ts' | grep '^server/web/part/')"
rule 'page sends a call itself' "$(web "from '#wire/" '*.ts' | grep '^server/web/page/')"
rule 'an import relative to its own folder' "$(web "(from|import) ?\\(?'\\." '*.ts')"
rule 'a colour outside tokens.css' "$(web '#[0-9a-fA-F]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark)\(' '*.[ct]s*' | grep -v "'#[a-z]*/")"
rule 'a size or duration outside tokens.css' "$(web '(^|[^a-zA-Z0-9_-])[0-9.]*[0-9](px|pt|rem|ms|s|cm|mm|in|pc)\b' '*.css')"
rule 'a font outside tokens.css' "$(web '\b(font(-family|-size|-weight)?|line-height): *' '*.css' | grep -vE 'font(-family|-size|-weight)?: *(var\(--|inherit)|line-height: var')"
rule 'style outside the style sheet' "$(web 'styleMap|style=|\.style\b|cssText|<style' '*.ts'; web 'style=|<style' '*.html')"
rule 'markup from text' "$(web 'innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|document\.write' '*.ts')"
rule 'a word on the console' "$(web 'console\.' '*.ts')"
rule 'loaded from elsewhere' "$(web '(https?:)?//[a-z0-9.-]+\.[a-z]{2,}' '*.[cht]*')"

# --- words
rule 'left unfinished' "$(search '\b(TODO|FIXME|XXX|HACK)\b|[^'"'"']not implemented|not yet supported|coming soon|\bfor now\b' ! -name '*.csv')"
# An absolute path is one that every machine has, a path of the wire, or made up by a test.
standard='bin|boot|dev|etc|home|lib|opt|proc|root|run|sbin|srv|sys|tmp|usr|var'
made_up='nowhere|nonexistent|no|a|pg|out|tests|no_such_setting|check\.changed'
absolute="(?<![\w.\$})/*<>\]#~-])/(?!($standard|$made_up)/)[a-z][a-z0-9_.-]*/[a-z]"
outward='(?<![\w./])(\.\./)+(?!(server|client-cli|sql|tests|deploy|docs|Makefile|README\.md|LICENSE|x|etc|system|secret\.html|escape)\b)[a-z.]*[a-z]'
rule 'a path of one machine' "$(sources ! -name '*.csv' ! -name 'package-lock.json' ! -path 'tests/fuzz/corpus/*' ! -path 'tests/unit/*.c' | xargs -r grep -nIP -- "$absolute|$outward" /dev/null)"
rule 'who or what wrote it, which is for git to say' "$(search '\b([Cc]o-authored-by|([Gg]enerated|[Ww]ritten) (by|with) (an? )?(AI|LLM|assistant|language model)|as an? (AI|assistant|language model))\b')"
rule 'tests skipped' "$(search '\bskip\(\)|test\.skip|it\.skip|describe\.skip|\.only\(|exit 0 *# *skip' -path 'tests/*')"
rule 'white space at the end of a line' "$(search '[ 	]$' ! -name '*.csv' ! -name 'schema.sql')"

# --- the top level
rule 'at the top level' "$(find . -mindepth 1 -maxdepth 1 ! -name '.*' | sed 's,^./,,' | sort |
	grep -vE '^(server|client-cli|sql|tests|deploy|docs|Makefile|README.md|LICENSE|build)$')"

if command -v shellcheck >/dev/null; then
	rule 'shellcheck' "$(sources -name '*.sh' | xargs shellcheck -x -f gcc 2>&1; shellcheck -f gcc tests/lint.sh .ci/run 2>&1)"
fi
if command -v cppcheck >/dev/null; then
	rule 'cppcheck' "$(cppcheck -q -j2 --std=c11 --enable=warning,portability,performance --inline-suppr -D_GNU_SOURCE -Iserver -I. \
		--suppress=missingIncludeSystem --suppress=unknownMacro --suppress=normalCheckLevelMaxBranches --suppress=nullPointerOutOfMemory -i server/web --template='{file}:{line}: {id}: {message}' server client-cli 2>&1)"
fi
if command -v systemd-analyze >/dev/null; then
	rule 'the systemd unit is open to more than 2.0' \
		"$(systemd-analyze security --offline=yes --threshold=20 deploy/ninetwod.service >/dev/null 2>&1 || echo deploy/ninetwod.service)"
fi

echo "lint: $offences offences"
[ "$offences" = 0 ]
