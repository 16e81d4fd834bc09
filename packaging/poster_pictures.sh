#!/bin/sh
# Take the pictures of posters in docs/pictures from the sample installation (`make demo` made it).
# Needs what `make printing` installs, and pdftoppm (poppler-utils). Called by nobody.
set -eu
cd "$(dirname "$0")/.."
export GEHOOR_HOME="${GEHOOR_HOME:-.demo}" GEHOOR_WEB_PUBLIC_URL=https://speak.example
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for each in "RJ1 hi poster-hindi" "CA1 ar poster-arabic" "FJ1 zh_Hans poster-chinese"; do
    set -- $each
    .venv/bin/gehoor posters "$1" --language "$2" --to "$folder"
    pdftoppm -r 55 -gray -png -singlefile "$folder/poster-$1-$2.pdf" "docs/pictures/$3"
done
