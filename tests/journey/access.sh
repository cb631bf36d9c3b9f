#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may read a work's text is said when it is added and afterwards; what a visitor finds follows.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

cat >paper.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article"><front><article-meta>
<title-group><article-title>Shade in towns</article-title></title-group>
<pub-date><year>2024</year></pub-date>
</article-meta></front><body><sec><title>Results</title><p>Awnings help against heat.</p></sec></body></article>
XML
expect 0 colophon init library --name Test --access signed-in
export COLOPHON_LIBRARY=$FOLDER/library
expect 0 colophon add paper.xml --access 'public; embargo 2999-01-01' --json
id=$(member id)
expect 1 colophon search awnings --public
expect 1 colophon search awnings
expect 1 colophon suggest awn --public

expect 0 colophon access "$id" public
says "$id: paper.xml: public, was public; embargo 2999-01-01T00:00:00.000Z"
expect 0 colophon search awnings --public
says 'Results'
expect 0 colophon suggest awn --public
expect 0 colophon access "$id" public
says 'nothing to change'

expect 0 colophon access "$id" 'closed' --file paper.xml --json
says '"files":[{"name":"paper.xml","before":"public","after":"closed"}]'
expect 1 colophon search awnings --public
expect 1 colophon search awnings
expect 0 colophon search shade --public
expect 6 colophon access "$id" everybody
says 'is no access rule' err.txt
expect 3 colophon access "$id" public --file other.xml
says 'has no file “other.xml”' err.txt
expect 0 colophon verify
