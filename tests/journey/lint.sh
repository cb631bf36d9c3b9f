#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Linting and rekeying files without a library: findings, repairs in place, filters, exit statuses.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

cat >refs.bib <<'BIB'
% kept as it is
@article{b,
  author = {Folke, Carl and Meerow, Sara et al.},
  title = {The {DNA} of CO2}
  journal = {Global Environmental Change},   % a remark
  year = 2019, pages = {14221442},
}
@inproceedings{a, author = {Folke, Carl}, title = {Cities}, crossref = {conf}}
@proceedings{conf, title = {Proceedings}, booktitle = {Proceedings}, year = 2019}
BIB
cp refs.bib before.bib

expect 1 colophon lint refs.bib
says 'refs.bib:5:3: error: a comma is missing before this field (read as if it stood there) [bibtex.missing-comma]'
says 'refs.bib:6:25: warning: “14221442” looks like a page range that lost its dash (write 1422--1442) [bibtex.fused-pages]'
says '--fix would mend 3' err.txt
cmp -s refs.bib before.bib || stop 'lint without --fix changed the file'

# only what was asked for, and how grave it must be
expect 1 colophon lint --rule missing-comma refs.bib
[[ $(wc -l <out.txt) == 1 ]] || stop '--rule shows other rules'
expect 0 colophon lint --fail-on error --ignore missing-comma refs.bib
expect 0 colophon lint --fail-on never refs.bib
expect 2 colophon lint --rule misingcomma refs.bib
says 'missing-comma' err.txt

# what would be done, as a patch that patch understands
expect 1 colophon lint --diff refs.bib
cp out.txt lint.patch
cmp -s refs.bib before.bib || stop '--diff changed the file'
expect 1 colophon lint --fix -n refs.bib
cmp -s refs.bib before.bib || stop '--fix -n changed the file'

chmod 640 refs.bib
ln -s refs.bib link.bib
expect 1 colophon lint --fix link.bib
says_not 'missing-comma'
says '3 repairs were made' err.txt
[[ -L link.bib && $(stat -c %a refs.bib) == 640 ]] || stop 'the link or the mode is lost'
! command -v patch >/dev/null || { patch -s before.bib lint.patch && cmp before.bib refs.bib; } || stop 'the diff is not what was done'
expect 1 colophon lint --fix --unsafe refs.bib
says '1 repair was made' err.txt
grep -q 'pages = {1422--1442}' refs.bib || stop 'the proposed repair was not made'

# a filter
colophon lint --fix - <refs.bib >filtered.bib 2>err.txt || true
cmp refs.bib filtered.bib || stop 'a filter with nothing to repair changes the text'
printf '@misc{a, month = {March}}\n' | colophon lint --fix - >out.txt 2>err.txt
[[ $(cat out.txt) == '@misc{a, month = mar}' ]] || stop 'the filter does not repair'

# JSON; other formats; files that are not there
expect 1 colophon lint --json refs.bib
[[ $(jq -r '.findings[0].code' out.txt) == bibtex.* ]] || stop 'no code in the JSON'
printf '<article xmlns:xlink="x"/>' >a.xml
expect 6 colophon lint "$SOURCE/tests/golden/endnote/styles/input.xml"
says 'Files of BibTeX and JATS can be looked at' err.txt
expect 3 colophon lint nowhere.bib
expect 7 colophon lint refs.bib nowhere.bib

# keys, and what refers to them
expect 0 colophon rekey -n --pattern '[auth][year]' refs.bib
says 'refs.bib:2: b → Folke2019a'
says 'refs.bib:8: a → Folke2019'
expect 0 colophon rekey --pattern '[auth:(Proc)][year]' refs.bib
says 'refs.bib:9: conf → Proc2019'
grep -q 'crossref = {Proc2019}' refs.bib || stop 'the reference did not follow'
cp refs.bib keyed.bib
expect 0 colophon rekey --pattern '[auth:(Proc)][year]' refs.bib
says '0 keys of 3 entries changed' err.txt
cmp refs.bib keyed.bib || stop 'keys are not stable'
expect 2 colophon rekey --pattern '[auth:lwer]' refs.bib
says 'column 7' err.txt
expect 6 colophon rekey a.xml

# XML: validity by its DTD and recommendations, as a report; nothing is fetched, nothing repaired
cp "$SOURCE/tests/golden/jats-lint/invalid/input.xml" invalid.xml
cp "$SOURCE/tests/golden/jats-lint/sound/input.xml" sound.xml
cp "$SOURCE/tests/golden/jats-lint/oddities/input.xml" odd.xml
expect 0 colophon lint --fail-on note sound.xml
says 'nothing to remark on' err.txt
expect 1 colophon lint invalid.xml
says 'invalid.xml:8:39: error: <nonsense> is no element of JATS 1.2 publishing (correct its name, or declare its prefix) [jats.unknown-element]'
says 'invalid.xml:12:14: error: <sec> may not stand in <p>'
expect 0 colophon lint --fail-on error --rule jats.no-permissions invalid.xml
colophon lint --rule unknown-id --json - <invalid.xml >out.txt 2>err.txt && stop 'findings from standard input give no status'
says '"file":"<stdin>","line":13,"column":28,"severity":"error","code":"jats.unknown-id"'
expect 0 colophon lint --fail-on never --fix odd.xml
says 'the nearest one, JATS 1.0 archiving'
cmp -s odd.xml "$SOURCE/tests/golden/jats-lint/oddities/input.xml" || stop '--fix changed XML'
printf '<!DOCTYPE article [<!ENTITY x SYSTEM "file://%s/sound.xml">]><article><body><p>&x;</p></body></article>' "$PWD" >xxe.xml
expect 1 colophon lint xxe.xml
says 'xml.entity-declaration'
says_not 'Silva'
expect 2 colophon lint --rule unknown-elment invalid.xml
says 'Did you mean “unknown-element”' err.txt

# in a library: kept, made by a pattern, the same when they come back
colophon init lib --access public -q >/dev/null
printf '%s\n' '@misc{x1, author = {Folke, Carl}, title = {Zebras of the north}, year = 2019}' \
  '@misc{x2, author = {Folke, Carl}, title = {Apples of the south}, year = 2019, related = {x1}}' >two.bib
colophon -C lib add two.bib -q
expect 0 colophon -C lib export --to bibtex
says '@misc{x1,' && says 'related = {x1}'
expect 0 colophon -C lib export --to bibtex --key-pattern '[auth][year]' -o out.bib
[[ $(grep -c '^@misc{Folke2019a\?,' out.bib) == 2 ]] || stop 'the keys are not those of the pattern'
grep -q "related = {$(grep -o 'Folke2019a\?,.*Zebras' out.bib | cut -d, -f1)}" out.bib || stop 'the reference did not follow in the export'
colophon init again --access public -q >/dev/null
tac out.bib >reversed.bib
colophon -C again add reversed.bib -q
colophon -C again export --to bibtex --set export.keys=pattern --set 'export.key_pattern=[auth][year]' -o back.bib -q
cmp <(grep -v '^$' out.bib | sort) <(grep -v '^$' back.bib | sort) || stop 'keys change when an export comes back'
expect 2 colophon -C lib export --to bibtex --key-pattern '[auth'
