#!/bin/sh
# web.sh BUILD WEB [NAME]: tests/web in Debian's Chromium, against the real server and database and the browser client in WEB; or the file of that
# name. With PICTURES, a folder that everybody may write to, it keeps what was seen.
set -eu
. tests/scratch.sh

build=$1 web=$2 only=${3:-}
case $build in /*) ;; *) build=$PWD/$build ;; esac
case $web in /*) ;; *) web=$PWD/$web ;; esac
export NINETWO_BUILD="$build" NINETWO_WEB="$web" HOME="$scratch"

cd tests/web
files=$(find . -maxdepth 1 -name "${only:-*}.test.mjs" | sort)
[ -n "$files" ] || { echo "web.sh: there is no tests/web/$only.test.mjs" >&2; exit 2; }
# shellcheck disable=SC2086 # names without spaces
node --test $files
