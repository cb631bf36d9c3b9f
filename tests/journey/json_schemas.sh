#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What docs/formats/json.md says of each command's JSON is what the command prints: its members at the top, and those of items, hits and facets.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
library=$folder/library
"$COLOPHON" init "$library" --demo -q >/dev/null
id=$("$COLOPHON" -C "$library" search heat --json | jq -r '.hits[0].id')
number=$("$COLOPHON" -C "$library" submission list --as obrannagh --json | jq -r '.submissions[0].number')
"$COLOPHON" -C "$library" export --to csv -o "$folder/list.csv" 2>/dev/null

# What a command of the table needs beside its name.
arguments() {
  case $1 in
    add) echo "$COLOPHON_SOURCE_DIR/corpus/works" ;;
    import*) echo "$folder/list.csv" ;;
    convert) echo "$COLOPHON_SOURCE_DIR/tests/golden/ris/journal/input.ris --to csl-json -o $folder/out.json" ;;
    search | suggest | 'thesaurus show' | who) echo heat ;;
    overlap) echo "$id" ;;
    lint | rekey*) echo "$COLOPHON_SOURCE_DIR/tests/golden/lint/names/input.bib" ;;
    show*) echo "$id" ;;
    'submission show') echo "$number --as obrannagh" ;;
    submission* | editorial*) echo --as obrannagh ;;
    review*) echo --as novarkova ;;
    clearance*) echo --as souselas ;;
  esac
}

failed=0 rows=0  # exit 1 of a command only says that there is nothing to show
while IFS='|' read -r _ command members _; do
  command=$(tr -d '`' <<<"$command" | xargs)
  wanted=$(tr ',' '\n' <<<"$members" | grep -v '\[' | xargs -n1 | sort)
  allowed=$(tr ',' '\n' <<<"$members" | tr -d '[]' | xargs -n1 | sort)
  # shellcheck disable=SC2046,SC2086
  printed=$("$COLOPHON" -C "$library" $command $(arguments "$command") --json | jq -r 'keys[]' | sort || true)
  rows=$((rows + 1))
  missing=$(comm -13 <(echo "$printed") <(echo "$wanted"))
  unknown=$(comm -23 <(echo "$printed") <(echo "$allowed"))
  if [[ -n $missing$unknown ]]; then
    echo "$command: missing: ${missing//$'\n'/ }; not in the document: ${unknown//$'\n'/ }"
    failed=1
  fi
done < <(sed -n '/^| command | members/,$p' "$COLOPHON_SOURCE_DIR/docs/formats/json.md" | grep '^| `')
((rows > 15))

hit=$("$COLOPHON" -C "$library" search heat --json | jq -c '.hits[0] | keys - ["file"]')
[[ $hit == '["authors","id","page","section","snippet","title","type","year"]' ]] || { echo "a hit has $hit"; failed=1; }
facet=$("$COLOPHON" -C "$library" search heat --json | jq -c '.facets.year[0] | keys')
[[ $facet == '["count","value"]' ]] || { echo "a facet has $facet"; failed=1; }
error=$("$COLOPHON" -C "$library" show zzzzz --json 2>&1 >/dev/null | jq -c '.error | keys' || true)
[[ $error == *'"code"'*'"message"'* ]] || { echo "an error has $error"; failed=1; }
exit $failed
