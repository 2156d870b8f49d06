#!/bin/sh
# story.sh: one audit from assignment to closure, played by several people signed in at once, each through `ninetwo` and nothing else.
# What is printed is for somebody who watches; every expectation is asserted, and the first that fails ends the story with status 1.
#
#   NINETWO          the program `ninetwo`
#   NINETWO_INIT     the file with what `ninetwod init` printed: the codes of the administrator and of management
#   NINETWO_INVITE   a command that prints a one-time code for the e-mail address given to it (`ninetwod invite`)
#   NINETWO_SERVER   where the server is
#   NINETWO_HOME     a folder that is there, for the sign-ins; afterwards it holds `people` too: e-mail, password, who, a line each
#   STORY_PAUSE      seconds to rest after each act, so that a person can read along (0)
set -eu

: "${NINETWO:?}" "${NINETWO_INIT:?}" "${NINETWO_INVITE:?}" "${NINETWO_SERVER:?}" "${NINETWO_HOME:?}"
export NINETWO_SERVER NINETWO_HOME
here=$(cd "$(dirname "$0")" && pwd -P)
# shellcheck source=tests/system/await.sh
. "$here/await.sh"
folder=$NINETWO_HOME
out=$folder/out
watchers=

leave() {
	status=$?
	for pid in $watchers; do kill "$pid" 2>/dev/null || :; done
	[ $status = 0 ] || printf '\nThe story did not go as told (status %s).\n' "$status" >&2
}
trap leave EXIT

# ---- telling ----

bold='' plain=''
[ ! -t 1 ] || bold=$(printf '\033[1m') plain=$(printf '\033[0m')
act() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; sleep "${STORY_PAUSE:-0}"; }
say() { printf '   %s\n' "$*"; }

name_of() {
	case $1 in
	X) echo Xenia ;; Y) echo Yusuf ;; P) echo Priya ;; M) echo Marta ;; L) echo Lena ;; A) echo Anton ;; B) echo Bruno ;; C) echo Clara ;;
	D) echo Dmitri ; ;; E) echo Elena ;; H) echo Hugo ;; V) echo Viktor ;; R) echo Roland ;; *) echo "$1" ;;
	esac
}

# The command as it would be typed, cut to a line.
typed() {
	who=$1 line=
	shift
	for word; do
		case $word in *[!A-Za-z0-9./@+=_:,-]*) line="$line '$word'" ;; *) line="$line $word" ;; esac
	done
	printf '%s\n' "   $(name_of "$who")\$ ninetwo$line" | cut -c 1-150
}

failed() {
	sed 's/^/   | /' "$out" >&2
	printf '   %s\n' "$*" >&2
	exit 1
}

run() { # run WHO WORD…: into $out; the exit status in $status
	who=$1
	shift
	status=0
	"$NINETWO" --as "$who" "$@" >"$out" 2>&1 || status=$?
}

does() { # does WHO WORD…: it must succeed; what it answers is not shown
	typed "$@"
	run "$@"
	[ "$status" = 0 ] || failed "expected to be done, but: status $status"
}

shows() { # shows WHO WORD…: it must succeed; the answer is shown
	does "$@"
	sed 's/^/     /' "$out"
}

refused() { # refused STATUS PATTERN WHO WORD…: it must be refused so, in words that hold PATTERN
	wanted=$1 pattern=$2
	shift 2
	typed "$@"
	run "$@"
	sed 's/^/     /' "$out"
	[ "$status" = "$wanted" ] || failed "expected exit status $wanted, not $status"
	grep -Eq -- "$pattern" "$out" || failed "expected words like: $pattern"
}

get() { # get WHO FIELD WORD…: prints one field of the answer; nothing is shown
	who=$1 field=$2
	shift 2
	"$NINETWO" --as "$who" --field "$field" "$@" 2>"$out" || failed "no $field: $*"
}

holds() { grep -Eq -- "$1" "$out" || failed "expected to read: $1"; }
lacks() { ! grep -Eq -- "$1" "$out" || failed "expected not to read: $1"; }
equal() { [ "$1" = "$2" ] || { : >"$out"; failed "$3: '$1' and '$2' differ"; }; }

# Waits until a file holds a pattern.
appears() { await_line "$1" "$2" || { cp "$1" "$out"; failed "expected to see: $2"; }; }

# watches NAME WHO WORD…: `ninetwo watch` in the background; what it prints goes to $folder/NAME, its process to $pid.
watches() {
	name=$1 who=$2
	shift 2
	: >"$folder/$name.log"
	"$NINETWO" --as "$who" watch "$@" >"$folder/$name" 2>"$folder/$name.log" &
	pid=$!
	watchers="$watchers $pid"
	appears "$folder/$name.log" 'watching after'
}

positions() { sed -n 's/.*"position":\([0-9]*\).*/\1/p' "$1"; }

# caught_up NAME WHO EVENT LAST: the last that the watch NAME has shown since an EVENT is a LAST, and its position is noted.
caught_up() {
	sed -n "/\"$3\"/,\$p" "$folder/$1" | grep '"position"' | tail -n 1 | grep -q "\"$4\"" &&
		grep -qs "\"position\": *$(positions "$folder/$1" | tail -n 1)[^0-9]" "$folder/$2.position"
}

# ---- signing in ----

password() { head -c 15 /dev/urandom | base64 | tr '+/' 'xy'; }

join() { # join WHO EMAIL CODE WHAT
	password >"$folder/password-$1"
	"$NINETWO" --as "$1" --quiet set-password --code "$3" --password-file "$folder/password-$1"
	"$NINETWO" --as "$1" --quiet login "$2" --password-file "$folder/password-$1"
	printf '%s\t%s\t%s\n' "$2" "$(cat "$folder/password-$1")" "$4" >>"$folder/people"
	rm "$folder/password-$1"
}

code_in() { sed -n 's/.*\([A-Z2-7]\{5\}\(-[A-Z2-7]\{5\}\)\{3\}\).*/\1/p' "$1" | sed -n "${2}p"; }
invited() { # invited WHO EMAIL WHAT
	$NINETWO_INVITE "$2" >"$folder/invitation-$1"
	join "$1" "$2" "$(code_in "$folder/invitation-$1" 1)" "$3"
	rm "$folder/invitation-$1"
}
# Two at a time: what takes its time is that passwords are costly to guess.
both_invited() { # both_invited WHO EMAIL WHAT WHO EMAIL WHAT
	invited "$1" "$2" "$3" &
	invited "$4" "$5" "$6"
	wait $!
}

umask 077
: >"$folder/people"

act 'A payments company: its first administrator and its first person of management set their passwords with one-time codes'
join X x@meridian.example "$(code_in "$NINETWO_INIT" 1)" 'administrator, no responsibility in scope'
join M m@meridian.example "$(code_in "$NINETWO_INIT" 2)" 'management: countersigns, names the recipient, publishes'
shows X whoami
shows M whoami

act 'Xenia enters the organisation: parties, people, functions and who answers for them'
typed X call --batch organisation.jsonl
run X call --batch "$here/organisation.jsonl"
sed 's/^/     /' "$out"
[ "$status" = 0 ] || failed 'the organisation could not be entered'
say 'Management alone gives the role of management, and says which party belongs to its own group.'
does M person add --name 'Roland Richter' --email r@meridian.example --title 'Chief operating officer'
does M membership grant r@meridian.example management
does M party set-group 'Meridian Payments' --in-group
shows X function list --columns reference,name,owner_name --limit 5
say 'Everyone sets their own password, with a code that the operator of the machine prints and no method returns.'
both_invited Y y@meridian.example 'administrator and auditee: owns Access management' \
	P p@meridian.example 'programme manager: plans, never on the team'
both_invited L l@brightwater.example 'lead auditor, of the audit firm' \
	A a@meridian.example 'auditor, internal, with an interest'
both_invited B b@meridian.example 'auditor, internal, who turns out conflicted' \
	C c@brightwater.example 'auditor, of the audit firm, who takes his place'
both_invited D d@meridian.example 'auditee and auditor: owns the corrective action' \
	E e@meridian.example 'auditee: owns Backup and recovery'
both_invited H h@meridian.example 'auditee: owns Card-data hosting' \
	V v@castellan.example 'observer, of the certification body'
invited R r@meridian.example 'management: recipient of the report'
say "$(wc -l <"$folder/people") people are signed in on this machine, each under a name of their own."

# ---- 1 ----

act '1. Priya plans the audit; Xenia asks who could audit it'
does P audit plan --kind internal --title 'Backup, access and card-data hosting' \
	--objective 'Whether backup and recovery, access management and card-data hosting meet ISO/IEC 27001' \
	--starts-on today --ends-on +14d --audited-from -1y --scope 'Three functions, one of them operated by a supplier' \
	--criteria 'ISO/IEC 27001:2022, clauses and controls as listed' --sites 'Head office' --sites 'Remote' --methods on_site --methods remote \
	--parts '{"title": "Backup and recovery", "functions": ["F-01"]}' --parts '{"title": "Access management", "functions": ["F-02"]}' \
	--parts '{"title": "Card-data hosting", "functions": ["F-03"]}' \
	--requirements A.8.13 --requirements A.5.15 --requirements A.5.18 --requirements A.8.2 --requirements A.5.19 --requirements A.5.22 --requirements 9.1 \
	--timetable '[{"at": "day 1", "what": "Opening meeting, backup"}, {"at": "day 2", "what": "Access management"}, {"at": "day 3", "what": "Hosting; closing meeting"}]'
audit=$(get P items.0.reference audit list)
say "It is $audit."
shows X audit eligible "$audit" --width 150
for auditor in 'Lena Lindqvist' 'Anton Adeyemi' 'Bruno Bianchi' 'Clara Castro' 'Dmitri Dahl' 'Nadia Novak'; do
	equal "$(grep -Ec "^ +$auditor +yes" "$out")" 3 "parts that $auditor could audit"
done
for auditor in 'Olga Orlova' 'Sven Solberg'; do
	equal "$(grep -Ec "^ +$auditor +no .*" "$out")" 1 "parts that $auditor could not"
done
equal "$(grep -Ec '^ +Katrin Keller +no ' "$out")" 3 'parts that Katrin Keller could not'
holds 'Olga Orlova operates Backup and recovery since 20[0-9][0-9]-'

# ---- 2 ----

act '2. Who may not audit is told why; who chooses auditors has no part in what they audit'
say 'Olga operates Backup.'
refused 4 'S1' X assignment assign "$audit" o@meridian.example auditor --part 'Backup and recovery'
holds 'Olga Orlova operates Backup and recovery'
say 'Sven works for the supplier that operates Card-data hosting, though he has no responsibility of his own.'
refused 4 'S2' X assignment assign "$audit" s@nordlys.example auditor --part 'Card-data hosting'
say 'Katrin belongs to the certification body.'
refused 4 'S3' X assignment assign "$audit" k@castellan.example auditor --part 'Access management'
say 'Nadia is free of all that, but nobody has evaluated her as a lead.'
refused 4 'S12' X assignment assign "$audit" n@meridian.example lead
say "Olga's responsibility is given an end thirteen months ago. One person does not shorten history: it counts from today."
responsibility=$(get X items.0.id responsibility list --person o@meridian.example --function F-01)
does X responsibility end "$responsibility" --until-date -13m --reason 'She moved to another team, it is said'
refused 4 'S1' X assignment assign "$audit" o@meridian.example auditor --part 'Backup and recovery'
holds 'S13|countersign'
shows M ending list --state proposed
does M ending decline "$(get M items.0.id ending list --state proposed)" --reason 'Her change tickets say otherwise'
refused 4 'S1' X assignment assign "$audit" o@meridian.example auditor --part 'Backup and recovery'
say 'Yusuf is an administrator too, but he owns Access management, which is in the scope. What he decides is a proposal.'
does Y assignment assign "$audit" a@meridian.example auditor --part 'Backup and recovery'
equal "$(get X items.0.state proposal list --audit "$audit")" open 'the proposal'
equal "$(get X items assignment list --audit "$audit")" '' 'the team before the countersignature'
shows M proposal list --state open --columns summary,state --width 140
does M proposal countersign "$(get M items.0.id proposal list --state open)" --reason 'Anton is free of all three functions'
say 'Xenia, who has no part in the scope, assigns Lena as lead. Priya manages the programme, and proposes Bruno.'
does X assignment assign "$audit" l@brightwater.example lead
does P assignment assign "$audit" b@meridian.example auditor --part 'Backup and recovery'
does M proposal countersign "$(get M items.0.id proposal list --state open)" --reason 'Nothing is known that stands against Bruno'
shows X assignment list --audit "$audit" --columns person_name,role,part_title,assigned_by_name,countersigned_by_name

# ---- 3 ----

act '3. Independence is declared before anything is read; facts end an assignment, decisions may not break one'
statement='I own, operate and monitor none of these functions, and have not since the first day this audit looks back on.'
does L declaration sign "$audit/l@brightwater.example" --statement "$statement"
does B declaration sign "$audit/b@meridian.example" --statement "$statement"
say 'Anton advised on the backup tool when it was bought, and says so. He is blocked until a safeguard is recorded.'
does A declaration sign "$audit/a@meridian.example" --statement "$statement" \
	--interests '{"kind": "advised", "function": "F-01", "description": "Advised on the choice of the backup tool two years ago"}'
backup="$audit/Backup and recovery" access="$audit/Access management" hosting="$audit/Card-data hosting"
refused 4 'S7' A check prepare --part "$backup" --function F-01 --requirement A.8.13 --question 'Which systems are backed up?' --method document
shows X interest list --audit "$audit" --columns person_name,kind,description --width 140
does X safeguard record "$(get X items.0.id interest list --audit "$audit")" --kind second_auditor \
	--reason 'A second auditor reviews every paper on the choice and the set-up of the tool'
equal "$(get A declared assignment get "$audit/a@meridian.example")" yes 'that Anton is declared'
say 'The checklist is prepared. The owners confirm who operates and monitors their functions; the plan goes to the auditees.'
policy=$(get L reference check prepare --part "$backup" --function F-01 --requirement A.8.13 --method document \
	--question 'Is it laid down what is backed up, how often, and for how long it is kept?')
tests=$(get A reference check prepare --part "$backup" --function F-01 --requirement A.8.13 --method sample \
	--question 'Are restores tested as laid down?' --population 'All restore tests since the first day looked back on' --sample-size 4 --chosen-by 'One a quarter')
rights=$(get L reference check prepare --part "$access" --function F-02 --requirement A.5.18 --method sample \
	--question 'Are access rights reviewed every quarter?' --population 'Reviews of the last year' --sample-size 4)
supplier=$(get L reference check prepare --part "$hosting" --function F-03 --requirement A.5.22 --method interview \
	--question 'Is what the supplier delivers reviewed, and are changes agreed?')
for owner in E:F-01 Y:F-02 H:F-03; do
	does "${owner%:*}" confirmation give --audit "$audit" --function "${owner#*:}" --note 'Who operates and monitors it is complete'
done
does L audit send-plan "$audit"
does L audit prepare "$audit"
does L audit start-fieldwork "$audit" --opening-meeting on=today notes='Scope, timetable and confidentiality agreed'
say 'From tomorrow Anton is to monitor Backup. That is a decision, and it would break this audit.'
refused 4 'S9' X responsibility assign a@meridian.example F-01 monitors tomorrow
holds "$audit"
say 'Bruno records a check. Then it comes to light that he operated Backup until half a year ago: a fact, and always recorded.'
does B check record "$policy" --result conform --notes 'The procedure names systems, intervals and retention'
does X responsibility assign b@meridian.example F-01 operates --from-date -9m --until-date -6m
equal "$(get X items.0.person_name impairment list --audit "$audit")" 'Bruno Bianchi' 'the impairment'
shows X impairment list --audit "$audit" --columns person_name,rule,explanation --width 150
equal "$(get X items.0.ended_on assignment list --audit "$audit" --person b@meridian.example)" "$(date -u +%F)" "the end of Bruno's assignment"
[ -n "$(get L impaired_at check get "$policy")" ] || failed 'the check is not marked'
refused 5 'not' B check get "$policy"
does X assignment assign "$audit" c@brightwater.example auditor --part 'Backup and recovery'
does C declaration sign "$audit/c@brightwater.example" --statement "$statement"
shows L release blockers "$audit"
holds 'waits for its review'
does C check review "$policy" --note 'Read the procedure myself: the same result'
run L release blockers "$audit"
lacks 'check .* waits for its review'

# ---- 4 ----

act '4. Anton and Clara work the same checklist; each sees the other, and what they record, as it happens'
say 'Anton also watches from two more sign-ins: at his desk, and on a telephone that will lose its connection.'
for place in desk phone; do
	sed -n 's/^a@meridian.example\t\([^\t]*\).*/\1/p' "$folder/people" >"$folder/password-A"
	"$NINETWO" --as "A-$place" --quiet login a@meridian.example --password-file "$folder/password-A"
	rm "$folder/password-A"
done
watches desk A-desk --new --json
watches phone A-phone --new --json
phone=$pid
typed A watch --read --audit "$audit" --part 'Backup and recovery' --check "$tests"
watches seen-by-anton A --new --read --audit "$audit" --part 'Backup and recovery' --check "$tests"
typed C watch --read --audit "$audit" --part 'Backup and recovery' --check "$tests"
watches seen-by-clara C --new --read --audit "$audit" --part 'Backup and recovery' --check "$tests"
appears "$folder/seen-by-anton" 'presence.came +Clara Castro'
sed 's/^/     Anton sees: /' "$folder/seen-by-anton"
version=$(get A version check get "$tests")
does A check record "$tests" --version "$version" --result observation --notes 'Two of four quarters have a restore test on record'
appears "$folder/seen-by-clara" "check.changed +$tests"
sed -n 's/^/     Clara sees: /; /check.changed/p' "$folder/seen-by-clara"
say 'Clara had the line open as it was before, and records what she found.'
refused 6 'Two of four quarters' C check record "$tests" --version "$version" --result nonconform --notes 'No restore test between March and September'
say 'She reads it as it is now, and records both.'
does C check record "$tests" --result nonconform --notes 'Two of four quarters have a restore test on record; none between March and September'
appears "$folder/seen-by-anton" "check.changed +$tests"

# ---- 5 ----

act '5. Evidence: asked for, uploaded with an interruption, the same on both sides, accepted'
request=$(get A reference request raise --part "$backup" --function F-01 --asked 'The logs of all restore tests of the last year' --due +7d --from-check "$tests")
say "Anton asks for the logs of the restore tests: $request. Elena, who owns Backup, sees it."
shows E request list --columns reference,function_name,asked,due,state --width 130
log=$folder/restore-tests.log
head -c 6000000 /dev/urandom | base64 >"$log"
typed E evidence put restore-tests.log --title 'Logs of the restore tests' --limit-rate 1M
"$NINETWO" --as E evidence put "$log" --title 'Logs of the restore tests' --limit-rate 1M >"$out" 2>&1 &
upload=$!
appears "$out" '25%'
kill -9 "$upload"
wait "$upload" 2>/dev/null || :
sed 's/^/     /' "$out"
say 'The connection is gone, and the program with it. Elena goes on where it stopped.'
shows E evidence put "$log" --resume
holds 'going on at [1-9][0-9]* of'
evidence=$(get E items.0.id evidence list)
equal "$(get E sha256 evidence get "$evidence")" "$(sha256sum "$log" | cut -d ' ' -f 1)" 'the SHA-256 of both sides'
does E request submit "$request" --evidence "$evidence" --answer 'All that there are'
say 'What one supplies, one does not accept (S5); the auditor reads it and does.'
does A evidence get "$evidence" --output "$folder/received.log"
cmp "$log" "$folder/received.log" || failed 'what Anton received is not what Elena sent'
does A request accept "$request"
does A evidence attach "$evidence" --noun check --subject "$tests"
run A check get "$tests"
holds 'Logs of the restore tests'

say "The telephone that Anton watches from loses its connection, without a word to anyone."
# What Anton did last was to attach the evidence to his check; then nothing happens until the telephone is gone.
await 'the telephone shows and notes that the check has changed' caught_up phone A-phone request.accepted check.changed
kill -9 "$phone"

# ---- 6 ----

act '6. A nonconformity: drafted unseen, shared without its grade, issued; each sees it as soon as they may'
watches seen-by-elena E --new --read
watches seen-by-hugo H --new --read
finding=$(get A reference finding draft --part "$backup" --from-check "$tests" --title 'Restores are not tested as laid down' \
	--condition 'Of four quarterly restore tests laid down in the procedure, two were done; none between March and September.' \
	--effect 'Whether the ledger can be restored in time is not known.')
say "Anton drafts $finding from the check."
does A evidence attach "$evidence" --noun finding --subject "$finding"
draft=$(get A id finding get "$finding")
refused 5 'not found|no such|not for you' E finding get "$draft"
refused 5 'not found|no such|not for you' V finding get "$draft"
shows A finding grade-aid "$finding" --answers requirement_unmet=true absent=false accumulated=false outcome_at_risk=false
does A finding grade "$finding" --grade minor --answers requirement_unmet=true absent=false accumulated=false outcome_at_risk=false
does A finding share "$finding"
appears "$folder/seen-by-elena" "finding.shared +$finding"
equal "$(grep -c ' finding' "$folder/seen-by-elena")" 1 'events of the finding that Elena saw, until it was shared'
say 'Elena sees condition and evidence, and no grade.'
shows E finding get "$finding"
holds 'Of four quarterly restore tests'
lacks '^grade '
does E finding remark "$finding" --text 'The test of the second quarter was done a week late, in July, and is in the log.'
does A finding issue "$finding"
appears "$folder/seen-by-elena" "finding.issued +$finding"
equal "$(get E grade finding get "$finding")" minor 'the grade that Elena sees'
sed 's/^/     Elena saw: /' "$folder/seen-by-elena"
say 'Hugo, who answers for another function, sees nothing of it.'
refused 5 'not found|no such|not for you' H finding get "$draft"
cp "$folder/seen-by-hugo" "$out"
lacks 'finding'

# ---- 7 ----

act '7. The auditee plans, the team accepts; whoever had a hand in the work never verifies it'
does E finding acknowledge "$finding"
answer() { # answer WORD…: the fields of the response that stay the same from round to round
	E_response=$(get E id response save "$finding" --containment 'A full restore of the ledger was tested this week' --contained-on today \
		--correction 'The two restore tests that were left out are made up for' --extent 'Looked at every other system with a restore test: none left out' \
		--changes 'The statement of applicability stays as it is' --cause-method five_whys "$@")
}
typed E response save "$finding" --containment '…' --correction '…' --root-cause '…' --extent '…'
answer --root-cause 'The engineer who does the tests was on leave'
does E action plan "$finding" --what 'Remind everybody of the restore tests' --owner d@meridian.example --due +30d \
	--criterion 'A restore test is on record for every quarter' --judge-from today
does E response submit "$E_response"
say 'Clara finds no cause in it that an action could remove.'
does C response return "$E_response" --reason 'Leave is no root cause: why does nobody notice when a test is left out?'
equal "$(get E state finding get "$finding")" plan_returned 'the state of the finding'
answer --root-cause 'Restore tests are in no calendar and on no dashboard: nothing notices when one is left out'
does E action plan "$finding" --what 'Put the restore tests under monitoring, with an alert when one is late' --owner d@meridian.example --due +30d \
	--criterion 'A restore test is on record for every quarter, and a test alert was raised and answered' --judge-from today
does E response submit "$E_response"
does C response accept "$E_response"
for action in $(get D items action list --owner d@meridian.example --state open --state returned | sed -n 's/.*"reference": "\([^"]*\)".*/\1/p'); do
	does D action "done" "$action" --proof 'Dashboard and alert are live; ticket OPS-2291 holds the test alert'
done
equal "$(get E state finding get "$finding")" implemented 'the state of the finding'
say 'Dmitri is an auditor too, and did the work himself. Handing it over changes nothing.'
refused 4 'S5' D verification record "$finding" effective --judgement 'It works'
does D action hand-over "$action" --owner e@meridian.example --reason 'Elena runs the dashboard from now on'
refused 4 'S5' D verification record "$finding" effective --judgement 'It works'
say 'Clara, who had no hand in it, verifies: not effective. It reopens.'
does C verification record "$finding" not_effective --judgement 'The alert was raised, and nobody answered it for nine days'
equal "$(get E state finding get "$finding")" not_effective 'the state of the finding'
answer --root-cause 'The alert goes to a mailbox that nobody reads at the weekend'
does E action plan "$finding" --what 'Send the alert to whoever is on call, and test that once a month' --owner d@meridian.example --due +14d \
	--criterion 'A test alert is answered within a day' --judge-from today
does E response submit "$E_response"
does C response accept "$E_response"
action=$(get D items.0.reference action list --owner d@meridian.example --state open)
does D action "done" "$action" --proof 'Alert of this week answered after forty minutes; ticket OPS-2340'
does C verification record "$finding" effective --judgement 'Two test alerts, both answered within the hour; restore tests complete since'
equal "$(get E state finding get "$finding")" closed 'the state of the finding'
shows C verification list --finding "$finding" --columns round,result,verified_by_name,judgement --width 140

# ---- 8 ----

act '8. A second nonconformity is disputed; who raised it does not decide'
second=$(get L reference finding draft --part "$backup" --from-check "$policy" --requirements A.8.13 --functions F-01 --title 'Retention is not laid down' \
	--condition 'The procedure does not say for how long backups of the ledger are kept.')
say 'The aid computes minor: what is found twice in one audit is no repeat. Another grade takes a reason, which is kept.'
refused 9 'needs a reason' L finding grade "$second" --grade major --answers requirement_unmet=true
does L finding grade "$second" --grade minor --answers requirement_unmet=true
does L finding issue "$second" --share-skipped 'The condition is a quotation of the procedure'
does E finding dispute "$second" --reason 'Retention is in annex B of the procedure, which was not asked for'
dispute=$(get A items.0.id dispute list --finding "$second")
refused 4 'S11' L dispute decide "$dispute" upheld --reason 'It should be in the procedure'
does A dispute decide "$dispute" withdrawn --reason 'Annex B is part of the procedure and names ten years'
equal "$(get E state finding get "$second")" disputed 'the state until a second auditor has signed (S6)'
does C finding sign "$second"
equal "$(get E state finding get "$second")" withdrawn 'the state of the finding'

# ---- 9 ----

act '9. The report: released by the lead, published by management, read by the observer and nothing more'
does L check record "$rights" --result conform --notes 'Four reviews, each with its follow-up'
does L check record "$supplier" --result not_assessed --reason 'The supplier could not make anybody available'
say 'Four of the seven requirements in the plan have no check. They are not passed over in silence: the report names them, with the reason.'
refused 9 'A\.5\.15.*A\.5\.19.*A\.8\.2' L audit start-reporting "$audit"
does L audit start-reporting "$audit" --closing-meeting on=today notes='Findings presented and understood' --obstacles 'The supplier was not available' \
	--not-covered '{"requirement": "A.5.15", "reason": "The policy was audited in spring, and has not changed"}' \
	--not-covered '{"requirement": "A.8.2", "reason": "No time was left for it; the next audit takes it up"}' \
	--not-covered '{"requirement": "A.5.19", "reason": "The supplier was not available"}' \
	--not-covered '{"requirement": "9.1", "reason": "Is part of the audit of the management system in autumn"}'
does L audit conclude "$audit" --conclusion 'The controls looked at are fulfilled, but for restore tests, whose nonconformity is closed.'
refused 9 'release' L release report "$audit"
does M audit name-recipient "$audit" r@meridian.example
for member in L:l@brightwater.example A:a@meridian.example C:c@brightwater.example; do
	does "${member%%:*}" declaration confirm "$audit/${member#*:}"
done
release=$(get L reference release report "$audit")
say "Lena releases $release to Roland, whom Marta named."
shows R release list --columns reference,title,recipient_name --width 130
does M release publish "$release" --party 'Castellan Certification' --until +90d
say 'Viktor, of the certification body, reads it; each reading is recorded.'
shows V release get "$release" --field content.conclusion
equal "$(get V content.not_covered.requirements release get "$release" | grep -c '"reason"')" 5 'requirements that the report says were not covered'
shows M release readings "$release"
holds 'Viktor Varga'
say 'He asks for a draft, and tries to write.'
refused 5 'not found|no such|not for you' V finding get "$(get L id finding get "$second")"
refused 4 'role|may not|forbidden' V finding draft --part 01990000-0000-7000-8000-000000000001 --title 'x' --condition 'x'
say 'Xenia administers, and sees no working paper (S10).'
refused 5 'not found|no such|not for you' X check get "$(get L id check get "$tests")"
does L audit close "$audit"
equal "$(get P state audit get "$audit")" closed 'the state of the audit'

# ---- 10 ----

act '10. The telephone that was cut off comes back with its last position, and has missed nothing'
typed A-phone watch --json --until audit.closed
"$NINETWO" --as A-phone watch --json --until audit.closed --timeout 60 >>"$folder/phone" 2>"$folder/phone.log" ||
	{ cp "$folder/phone.log" "$out"; failed 'expected to see that the audit was closed'; }
sed 's/^/     /' "$folder/phone.log"
appears "$folder/desk" 'audit.closed'
equal "$(positions "$folder/phone")" "$(positions "$folder/desk")" 'what the telephone and the desk saw'
equal "$(positions "$folder/phone" | sort -n | uniq | wc -l)" "$(positions "$folder/phone" | wc -l)" 'events seen and events seen once'
say "$(positions "$folder/phone" | wc -l) events, each seen once, in one order."

rm -f "$log" "$folder/received.log" "$out"
act 'So ends the story: every expectation was met.'
