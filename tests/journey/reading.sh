#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An article in JATS is added, found, and read in the browser's pages: for those who may.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v curl >/dev/null || exit 77

cp "$SOURCE/tests/golden/reading/article/input.xml" article.xml

# serves ACCESS: a library with the article, served; $url and $id
serve_with() {
  expect 0 colophon init "library-$1" --name 'Test library' --access "$1" --time-zone Europe/Berlin
  export COLOPHON_LIBRARY=$FOLDER/library-$1
  expect 0 colophon add article.xml
  says 'added'
  expect 0 colophon search shade --json
  id=$(member id)
  colophon serve --listen 127.0.0.1:0 >serve.txt 2>&1 &
  server=$!
  trap 'kill $server 2>/dev/null || true; rm -rf "$FOLDER"' EXIT
  for _ in $(seq 100); do
    url=$(grep -o 'http://[0-9.:]*' serve.txt | head -1) && [[ -n $url ]] && break
    sleep 0.1
  done
  [[ -n $url ]] || { cat serve.txt >&2; stop 'does not serve'; }
}
fetch() { curl -sS -o out.txt -D headers.txt "$url$1"; }

serve_with public
fetch "/r/$id"
says '<h2>In this text</h2>'
says "<a href=\"/r/$id/text#s3.1\">2.1 Sites</a>"
fetch "/r/$id/text"
says '<section id="s3.1">'
says '<a href="#ref1" id="ref1-1">'
says 'What it shows:</span> Photograph of a plane tree'
# a hit leads to its section
fetch '/search?q=numbers'
says "/r/$id/text?section="
fetch "/r/$id/text?section=Methods%20%E2%80%BA%20Data&q=numbers"
says '302' headers.txt
says "ocation: /r/$id/text?q=numbers#s3.2" headers.txt
kill "$server"

# signed-in texts are not for visitors
serve_with signed-in
fetch "/r/$id"
says 'Heat in the shade'
says_not 'In this text'
fetch "/r/$id/text"
says '404' headers.txt
says_not 'Cities warm faster'
kill "$server"
