#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A work's life: added, found, shown, edited, taken back, exported, added again, withdrawn, verified.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

expect 0 colophon init library --name 'Test library' --access signed-in --time-zone Europe/Berlin
says 'is ready'
export COLOPHON_LIBRARY=$FOLDER/library

cat >heat.bib <<'BIB'
@article{silva2021,
  title  = {Urban Heat Plans That Work},
  author = {Silva, Maria and Okafor, Ben},
  year   = {2021},
  journal = {Journal of Cities},
}
@techreport{iclei2019,
  title  = {Flood Resilience in Small Towns},
  author = {{ICLEI}},
  institution = {ICLEI},
  year   = {2019},
}
BIB

expect 0 colophon add -n heat.bib
says 'Nothing was changed'
expect 1 colophon search heat
expect 0 colophon add heat.bib
says 'added'
expect 0 colophon add heat.bib --json
says '{"v":1,"added":0,"unchanged":2,"updated":0,"failed":0,"items":['

expect 0 colophon search heat
says 'Urban Heat Plans That Work  Silva and Okafor'
expect 0 colophon search heat --json
says '{"v":1,"total":1,"hits":[{"id":"'
says '"title":"Urban Heat Plans That Work"'
id=$(member id)

expect 0 colophon show "$id"
says 'Silva, Maria; Okafor, Ben'
expect 0 colophon show "$id" --provenance
says 'silva2021'

expect 0 colophon edit "$id" --set 'title=Urban Heat Plans That Save Lives' --set keyword=heat --set keyword=health
says 'title, keyword'
expect 0 colophon search title:lives
expect 0 colophon edit "$id" --undo
expect 1 colophon search title:lives
expect 3 colophon edit "$id" --undo

expect 0 colophon export --to bibtex -o out.bib
grep -qF 'author = {Silva, Maria and Okafor, Ben},' out.bib || stop 'the entry did not go out as it came in'
expect 0 colophon export heat --to csl-json
says '"title":'
expect 1 colophon export nothingofthekind --to bibtex

sed -i 's/Urban Heat Plans That Work/Urban Heat Plans That Work Well/' heat.bib
expect 0 colophon add heat.bib
says 'supersedes: title' err.txt
sed -i '/^@techreport/,$d' heat.bib
expect 0 colophon add heat.bib
says 'no longer holds iclei2019' err.txt
expect 0 colophon search flood

expect 2 colophon withdraw "$id"
expect 0 colophon withdraw "$id" --reason 'Retracted.'
expect 1 colophon search heat
expect 0 colophon show "$id"
says 'withdrawn: Retracted.'
expect 5 colophon withdraw "$id" --reason 'Retracted.'

expect 0 colophon verify
says 'all holds'
expect 0 colophon index rebuild
expect 0 colophon verify --json
says '"problems":[]'
expect 0 colophon index status
says 'Everything is searchable'
expect 0 colophon index check
says 'every probe finds its work'
expect 0 colophon index compact
says 'MiB, was'
expect 0 colophon index check --json
says '"good":true,"problems":[]'
expect 0 colophon search flood
rm "$COLOPHON_LIBRARY/index/public/termlist.glass"
expect 1 colophon index check
says 'termlist.glass is missing'
expect 0 colophon search flood  # whatever is wrong with an index, it is made anew
expect 0 colophon index check
