#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An export of BibTeX can be read alone: entries as they came in, with the macros, commands and parents that they use.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

expect 0 colophon init library --access public
expect 0 colophon init other --access public
export COLOPHON_LIBRARY=$FOLDER/library

cat >dependent.bib <<'BIB'
@preamble{"\newcommand{\network}{ICLEI}"}
@string{house = "Springer"}
@string{press = house # " Nature"}
@string{unused = "Nobody"}
@xdata{common, publisher = press, year = 2020}
@incollection{part, title={A chapter by \network}, author={Roe, A.}, crossref={whole}, pages={1--9}}
@book{whole, title={The whole book}, editor={Poe, B.}, xdata={common}}
@article{alone, title={An article}, author={Doe, C.}, journal=press, year=2001}
BIB
expect 0 colophon add dependent.bib

# all of it: what was not used stays away, everything else is there once
expect 0 colophon export --to bibtex -o all.bib
for line in '@preamble{"\newcommand{\network}{ICLEI}"}' '@string{press = house # " Nature"}' '@xdata{common, publisher = press, year = 2020}'; do
  [[ $(grep -cF -- "$line" all.bib) == 1 ]] || stop "all.bib should hold once: $line"
done
says_not 'Nobody' all.bib

# JATS is one work a file
expect 2 colophon export --to jats
says 'a file of JATS holds one work' err.txt
expect 0 colophon export --to jats -o jats/
says_not 'there is no' err.txt
expect 0 colophon export author:doe --to jats
says '<article-title>An article</article-title>'

# in the same library it is known already, in another it gives the same records
expect 0 colophon add all.bib --json
says '"added":0,"unchanged":3,"updated":0,"failed":0'
expect 0 colophon -C other add all.bib
colophon export --to csl-json >here.json
colophon -C other export --to csl-json >there.json
cmp here.json there.json || stop 'the export says something else in another library'

# one work brings its parents
expect 0 colophon export title:chapter --to bibtex
says '@book{whole, title={The whole book}'
says '@xdata{common'
says_not '@article'

# another file's macro of the same name is told again before the entry that means it
cat >second.bib <<'BIB'
@string{press = "Island Press"}
@article{second, title={A second article}, author={Doe, D.}, journal=press, year=2002}
BIB
expect 0 colophon add second.bib
expect 0 colophon export --to bibtex -o both.bib
expect 0 colophon convert both.bib --to csl-json
[[ $(jq -r '.[] | select(.["citation-key"] == "second") | .["container-title"]' out.txt) == 'Island Press' ]] || stop 'second has another journal'
[[ $(jq -r '.[] | select(.["citation-key"] == "alone") | .["container-title"]' out.txt) == 'Springer Nature' ]] || stop 'alone has another journal'

# an edit changes the bytes of its own field, in the entry as the person wrote it
cat >styled.bib <<'BIB'
@String(jul = "Journal of Urban Life")
@Article{ Styled2019 ,
   author   =  "M{\"u}ller, Anna and {ICLEI}" ,   % lead
   Title    =  {Urban {Heat}},
   journal  =  jul,
   month    =  mar, year =  2019,
   file     =  {:a.pdf:PDF}
}
BIB
expect 0 colophon -C other add styled.bib
expect 0 colophon -C other search 'title:urban' --json
styled=$(member id)
expect 0 colophon -C other edit "$styled" --set 'title=Urban Heat in Bonn' --set doi=10.1234/abc
expect 0 colophon -C other export title:urban --to bibtex
sed -e 's/{Urban {Heat}}/{Urban Heat in Bonn}/' -e 's/{:a.pdf:PDF}/&,\n   doi   =  {10.1234\/abc}/' styled.bib >wanted.bib
cmp wanted.bib out.txt || { diff wanted.bib out.txt >&2; stop 'an edit changed other bytes than its own'; }
