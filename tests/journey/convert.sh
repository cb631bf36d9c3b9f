#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# References from one format into another: as files and as a filter, with exit codes that scripts can go by.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
golden=$SOURCE/tests/golden

# BibTeX that stays BibTeX is copied, whatever it holds
cat "$golden"/bibtex/*/input.bib >all.bib
colophon convert - --to bibtex -q <all.bib >copy.bib 2>/dev/null || true
cmp all.bib copy.bib || stop 'a BibTeX file was changed on its way'

# every format that is read goes into every format that is written, and the works are all there
for input in ris/journal/input.ris nbib/article/input.nbib refer/chapter/input.enw endnote/styles/input.xml; do
  for to in bibtex biblatex ris csl-json; do
    expect 0 colophon convert "$golden/$input" --to "$to" -o out.file
    says '2 works in out.file' err.txt
    expect 0 colophon convert out.file --to csl-json
    [[ $(jq length out.txt) == 2 ]] || stop "$input as $to gives other than 2 works"
  done
done

# JATS is one work a file, in a folder where there are several; read again it is what it was
cat >two.bib <<'BIB'
@article{vdberg2020, title={Heat in {Bonn}}, author={van der Berg, Ada and {ICLEI}}, year=2020, journal={Cities}, doi={10.1234/abc}, groups={g}}
@report{unu2019, title={Shade}, institution={UNU}, year={2019/2021}, type={Policy brief}, annote={Read it again.}}
BIB
expect 2 colophon convert two.bib --to jats
says 'a file of this format holds one work' err.txt
[[ ! -s out.txt ]] || stop 'half a result was written'
expect 0 colophon convert two.bib --to jats -o jats/
says '2 works in jats/' err.txt
expect 0 colophon convert two.bib --to bibtex --rewrite -o wanted.bib
expect 0 colophon convert jats/vdberg2020.xml jats/unu2019.xml --to bibtex -o again.bib
cmp wanted.bib again.bib || { diff wanted.bib again.bib >&2; stop 'JATS and back is something else'; }
expect 0 colophon convert jats/unu2019.xml --to jats-publishing-1.4
says 'journalpublishing1-4-mathml3.dtd'

# what cannot be read is told with its place; the rest is written
expect 7 colophon convert "$golden/csl-json/items/input.json" no-such.ris --to bibtex
says 'items/input.json:8:3: an item is left out' err.txt
says 'no-such.ris' err.txt
says '@misc{' out.txt
expect 6 colophon convert no-such.ris --to bibtex -o never.bib
[[ ! -e never.bib ]] || stop 'a file was written although nothing was read'
expect 2 colophon convert all.bib --to word
expect 2 colophon convert all.bib

# what the other format has no place for is named
expect 0 colophon convert "$golden/nbib/article/input.nbib" --to ris --json -o out.ris
[[ $(jq .left_out.pmid out.txt) == 2 ]] || stop 'the ids of PubMed are lost without a word'
