#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A preprint and the article that names it are one hit, which leads to the other; totals and facets count both.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

cat >article.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<article-id pub-id-type="doi">10.1234/shade</article-id>
<title-group><article-title>Shade in towns</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Silva</surname><given-names>Ann</given-names></name></contrib></contrib-group>
<pub-date><year>2024</year></pub-date>
<related-article related-article-type="preprint" ext-link-type="doi" xlink:href="10.5555/early.shade"/>
</article-meta></front><body><sec><title>Results</title><p>Awnings help against heat.</p></sec></body></article>
XML
printf '@article{early, title={Awnings and their shade: first results}, author={Silva, Ann}, year={2022}, doi={10.5555/early.shade}}\n@article{other, title={Awnings of shops}, author={Doe, Jo}, year={2020}}\n' >early.bib
expect 0 colophon init library --name Test --access public
export COLOPHON_LIBRARY=$FOLDER/library
expect 0 colophon add article.xml early.bib

expect 0 colophon search awnings shade --sort newest
says 'Shade in towns' && says 'and 1 other version: colophon search family:10.5555/early.shade' && says '2 works'
says_not 'first results'
expect 0 colophon search awnings shade --sort oldest
says 'first results' && says_not 'Shade in towns'
expect 0 colophon search family:10.5555/early.shade
says 'Shade in towns' && says 'first results' && says_not 'other version'
expect 0 colophon search awnings shade --all-versions
says 'Shade in towns' && says 'first results' && says_not 'other version'
expect 0 colophon search awnings --sort newest --json
says '"total":3' && says '"family":"10.5555/early.shade","versions":1'
# one hit a page: two pages for three works
expect 0 colophon search awnings --sort newest --limit 1
says 'go on with --offset 1'
expect 0 colophon search awnings --sort newest --limit 1 --offset 1
says 'Awnings of shops' && says_not 'go on with'

# a chain, each naming only its neighbour, and a preprint that alone names its article
version() { # FILE DOI TITLE [TYPE DOI]
  local link=''
  (($# < 4)) || link="<related-article related-article-type=\"$4\" ext-link-type=\"doi\" xlink:href=\"$5\"/>"
  cat >"$1" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article" xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>
<article-id pub-id-type="doi">$2</article-id>
<title-group><article-title>$3</article-title></title-group>
<pub-date><year>2024</year></pub-date>
$link
</article-meta></front></article>
XML
}
version one.xml 10.1234/one 'Kerbs for rain'
version two.xml 10.1234/two 'Kerbs for rain, second version' updated-article 10.1234/one
version three.xml 10.1234/three 'Kerbs for rain, revised' updated-article 10.1234/two
version draft.xml 10.1234/draft 'Kerbs and rain: a draft' published-article 10.1234/one
expect 0 colophon add three.xml draft.xml one.xml two.xml
expect 0 colophon search kerbs
says 'and 3 other versions: colophon search family:10.1234/draft' && says '4 works'
expect 0 colophon search family:10.1234/two
says '4 works' && says 'a draft' && says 'revised'
expect 0 colophon verify
