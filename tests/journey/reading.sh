#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An article in JATS is added, found, and read in the browser's pages: for those who may.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v curl >/dev/null || exit 77

cp "$SOURCE/tests/golden/reading/article/input.xml" article.xml

# serve_with ACCESS: a library with the article, served; $url and $id
serve_with() {
  local library=$FOLDER/library-${1//[^a-z0-9]/-}
  expect 0 colophon init "$library" --name 'Test library' --access closed --time-zone Europe/Berlin
  export COLOPHON_LIBRARY=$library
  expect 0 colophon add article.xml --access "$1"
  says 'added'
  expect 0 colophon search shade --json
  id=$(member id)
  serve
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
end_servers

# signed-in texts are not for visitors
serve_with signed-in
fetch "/r/$id"
says 'Heat in the shade'
says_not 'In this text'
fetch "/r/$id/text"
says '404' headers.txt
says_not 'Cities warm faster'
end_servers

# under embargo nothing of the text is shown, in no way, until it ends
serve_with 'public; embargo 2199-01-01'
fetch "/r/$id"
says 'Heat in the shade'
says_not 'In this text'
for path in "/r/$id/text" "/r/$id/text?section=Methods&q=numbers" "/r/$id/text?at=2" "/r/$id/file/1" "/r/$id/reviews"; do
  fetch "$path"
  says '404' headers.txt
  says_not 'Cities warm faster'
done
fetch '/search?q=numbers'
says_not '<mark>'
end_servers
serve_with 'public; embargo 2001-01-01'
fetch "/r/$id/text"
says 'Cities warm faster'
end_servers

# a translation in the article's file is a publication of its own, read with the right of that file
cp "$SOURCE/tests/golden/jats/language-pt-translations/input.xml" article.xml
for access in public signed-in; do
  rm -rf "$FOLDER/translated-$access"
  expect 0 colophon init "$FOLDER/translated-$access" --name 'Test library' --access closed --time-zone Europe/Berlin
  export COLOPHON_LIBRARY=$FOLDER/translated-$access
  expect 0 colophon add article.xml --access "$access"
  expect 0 colophon search 'title:ciudades' --json
  id=$(member id)
  expect 0 colophon show "$id" --text
  says 'Las ciudades se calientan más que el campo.'
done
expect 3 colophon show "$id" --text --public
expect 0 colophon -C "$FOLDER/translated-public" show "$id" --text --public
says 'Las ciudades se calientan más que el campo.'
