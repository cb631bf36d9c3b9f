#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A work that is there as JATS and as PDF: a hit in the text shows the page of the PDF on which its sentence begins, to those who may open the PDF.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

cat >shade.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article"><front><article-meta><article-id pub-id-type="doi">10.1234/shade</article-id>
<title-group><article-title>Shade in towns</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Silva</surname><given-names>Ann</given-names></name></contrib></contrib-group>
<pub-date><year>2024</year></pub-date></article-meta></front>
<body><sec><title>Methods</title><p>We counted awnings from one end of the market to the other, on foot, at noon.</p></sec>
<sec><title>Results</title><p>It was warm. Every second stall had an awning that its owner had sewn from old umbrellas, and nobody had asked the city for leave.
Perennial basil grew nowhere.</p></sec></body></article>
XML
pdf $'Shade in towns\nAnn Silva\nhttps://doi.org/10.1234/shade\nWe counted awnings from one end of the mar-\nket to the other, on foot, at noon.' \
  $'Silva: Shade in towns\n101 It was warm. Every second stall had an awning that its ow-\n102 ner had sewn\n2' \
  $'Silva: Shade in towns\nfrom old umbrellas, and nobody had asked the city for leave.\n3' >shade.pdf

# library_with ACCESS: a library with both, the PDF with that rule
library_with() {
  export COLOPHON_LIBRARY=$FOLDER/library-${1//[^a-z0-9]/-}
  expect 0 colophon init "$COLOPHON_LIBRARY" --name 'Test library' --access closed --time-zone Europe/Berlin
  expect 0 colophon add shade.xml --access public
  expect 0 colophon add shade.pdf --access "$1"
}

library_with public
expect 0 colophon search umbrellas
says 'Results, p. 2'
expect 0 colophon search awnings noon --public --json
says '"page":1,"section":"Methods","file":'
# what is not in the PDF has no page
expect 0 colophon search basil --json
says '"page":null,"section":"Results"'
says_not '"file"'
if command -v curl >/dev/null; then
  id=$(member id)
  serve
  curl -s "$url/search?q=umbrellas" >out.txt
  says '">Results</a>, <a href="/r/'"$id"'/file/'
  says '#page=2">p. 2 of the PDF</a>'
  curl -s -o out.txt -D err.txt "$url$(grep -o '/r/[^"]*#page=2' out.txt | cut -d'#' -f1)"
  says 'application/pdf' err.txt
  end_servers
fi

# a PDF that one may not open has no pages
for rule in signed-in 'public; embargo 2199-01-01'; do
  library_with "$rule"
  expect 0 colophon search umbrellas --public --json
  says '"page":null,"section":"Results"'
  says_not '"file"'
  expect 0 colophon search umbrellas --json
  [[ $rule != signed-in ]] || says '"page":2,"section":"Results","file":'
done
