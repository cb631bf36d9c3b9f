#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The pages of articles, held against axe-core in Chromium. Needs node, chromium, and a folder $COLOPHON_AXE in which
# `npm install axe-core playwright-core` was run; says so and does nothing without them.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
if [[ ! -d ${COLOPHON_AXE:-none}/node_modules/axe-core ]] || ! command -v node chromium >/dev/null; then
  echo 'note: no node, chromium or COLOPHON_AXE: pages are not held against axe'
  exit 0
fi
expect 0 colophon init library --name 'Test library' --access public --time-zone Europe/Berlin
export COLOPHON_LIBRARY=$FOLDER/library
for case in reading/article reading/tables reading/formulas reading/lists jats/language-ar jats/figures-tables jats/reviews-left-out; do
  mkdir -p "files/$case"
  cp "$SOURCE/tests/golden/$case/input.xml" "files/$case/"
done
expect 0 colophon add files
serve
paths=(/ '/search?q=heat')
expect 0 colophon search '' --json --limit 50
for id in $(grep -o '"id":"[^"]*"' out.txt | cut -d'"' -f4); do
  paths+=("/r/$id")
  for page in text reviews; do
    [[ $(curl -s -o page.txt -w '%{http_code}' "$url/r/$id/$page") != 200 ]] || paths+=("/r/$id/$page")
  done
done
node "$SOURCE/tests/browser/axe.mjs" "$COLOPHON_AXE" "$url" "${paths[@]}" || stop 'axe finds fault with the pages'
