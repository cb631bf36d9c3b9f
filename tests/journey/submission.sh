#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A manuscript's way to a published work that search finds: written, cleared, reviewed, revised, cleared, published.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

expect 0 colophon init library --name 'Test library' --access signed-in
export COLOPHON_LIBRARY=$FOLDER/library
for row in 'ann|Ann Silva|iclei|author' 'ben|Ben Okafor|unu-ehs|author' 'oli|Olivia Brito|iclei|clearance_officer' 'uma|Uma Rao|unu-ehs|clearance_officer' \
  'eve|Eve Haddad||editor' 'max|Max Brand||managing_editor' 'pia|Pia Sohel||production_editor' 'rita|Rita Nova||reviewer' 'rex|Rex Lind||reviewer'; do
  IFS='|' read -r handle name partner role <<<"$row"
  expect 0 colophon user add "$handle" --name "$name" ${partner:+--partner "$partner"} --role "$role"
done
expect 0 colophon user list
says 'Olivia Brito'

manuscript=$SOURCE/corpus/manuscripts/counting-benches.xml
expect 2 colophon submission new "$manuscript"
says 'Say who acts with --as PERSON' err.txt
expect 0 colophon submission new "$manuscript" --author ann --author ben --as ann --json
number=$(member number)
[[ $number =~ ^ART-[0-9A-Z]{4}$ ]] || stop "no number: $number"
step() { expect 0 colophon "$@"; }

expect 5 colophon submission request-clearance "$number" --as ann
says 'not every author has agreed to the current version; missing: ben' err.txt
step ms agree "$number" --as ben
step submission request-clearance "$number" --as ann
says 'With the partners for clearance'
step clearance list --as oli
says "$number"
step clearance ask-changes "$number" --reason 'Name the funder.' --as oli
step submission revise "$number" "$SOURCE/corpus/manuscripts/counting-benches.pdf" --note 'Typeset.' --as ann
step submission agree "$number" --as ben
step submission request-clearance "$number" --as ann
step clearance give "$number" --as oli
expect 5 colophon submission submit "$number" --as ann
says 'missing: unu-ehs' err.txt
step clearance give "$number" --as uma
step submission submit "$number" --as ann

# who takes no part, and a number that is not there, look alike
expect 3 colophon submission show "$number" --as rita
sed "s/$number/NUMBER/g" err.txt >forbidden.txt
expect 3 colophon submission show ART-0000 --as rita
sed 's/ART-0000/NUMBER/g' err.txt | diff forbidden.txt - || stop 'forbidden and unknown differ'

step editorial assign "$number" eve --as max

# what the manuscript shares with the library, and who could review it, is for those who decide on it
expect 1 colophon overlap "$number" --as eve
says "compared with" err.txt
expect 4 colophon overlap "$number" --as ann
says 'this is for the editors who decide' err.txt
expect 3 colophon overlap "$number" --as rita
sed "s/$number/NUMBER/g" err.txt | diff forbidden.txt - || stop 'forbidden and unknown differ for overlap'
expect 4 colophon who "$number" --as ann
expect 3 colophon who "$number" --as rita
sed "s/$number/NUMBER/g" err.txt | diff forbidden.txt - || stop 'forbidden and unknown differ for who'
cat >experts.bib <<'BIB'
@article{a, title={Counting seats on a walk through the city}, author={Silva, Ann and Vega, Ada}, year=YEAR}
@article{b, title={Seats for walking people, counted in every city}, author={Nova, Rita and Okafor, B.}, year=2019}
@article{c, title={A walking audit of seats}, author={Lind, Rex and {Seat Council}}, year=2018}
@article{d, title={Seats, city and audit}, author={Silva, A. and Old, Abe}, year=2001}
BIB
sed -i "s/YEAR/$(date +%Y)/" experts.bib
expect 0 colophon add experts.bib
expect 0 colophon who walking and seats --json
for name in 'Silva, Ann' 'Vega, Ada' 'Nova, Rita' 'Lind, Rex' 'Old, Abe'; do says "$name"; done
says_not "Seat Council"
says_not '"name":"Silva, A."'
says '"handle":"rita"'
expect 0 colophon who "$number" --as eve --json  # without authors, and who wrote with one of them of late
for name in 'Nova, Rita' 'Lind, Rex' 'Old, Abe'; do says "$name"; done
for name in 'Silva' 'Okafor' 'Vega'; do says_not "\"name\":\"$name"; done
id=$(colophon search 'title:audit title:walking' --json | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4)
expect 0 colophon search --like "$id" -l 1
says "eats"
says_not "$id"
expect 3 colophon search --like zzzzz
expect 1 colophon search --like "$id" year:1900
step editorial screen "$number" --outcome accept --as eve
expect 5 colophon editorial decide "$number" --outcome accept --as eve
for reviewer in rita rex; do step editorial invite "$number" "$reviewer" --as eve; done
step review queue --as rita
says 'answer the invitation'
step review agree "$number" --as rita
step review agree "$number" --as rex
expect 6 colophon review send "$number" --recommendation accept --to-authors 'Good.' --as rita
says 'competing interests' err.txt
echo 'A small, honest and useful paper.' >review.txt
step review send "$number" review.txt --recommendation accept --competing-interests none --as rita
step review send "$number" --to-authors 'Sound.' --to-editors 'Gladly again.' --recommendation accept --competing-interests none --as rex

# the reviews as JATS: for whom may read them, without names unless asked for, never the words to the editors
expect 3 colophon submission reviews "$number" --as ann
says 'there is no review that you may read' err.txt
expect 0 colophon submission reviews "$number" -o reviews.xml --as eve
grep -q '<sub-article article-type="review-report" id="review1">' reviews.xml || stop 'no report in the export'
grep -q '<meta-value>accept</meta-value>' reviews.xml || stop 'no recommendation in the export'
! grep -qE 'Nova|Lind|Gladly' reviews.xml || stop 'the export says too much'
expect 0 colophon submission reviews "$number" --names --as eve
says '<surname>Nova</surname>'
! grep -q Gladly out.txt || stop 'words to the editors are in the export'

# the author sees neither reviews nor reviewers before the decision, never the words for the editors
step submission show "$number" --as ann
says_not 'honest and useful'
step editorial decide "$number" --outcome accept --letter 'Accepted.' --as eve
step submission show "$number" --as ann
says 'honest and useful'
says_not 'Gladly again'
says_not 'rita'

step editorial request-publication-clearance "$number" --as pia
step clearance give "$number" --as oli
step clearance give "$number" --as uma
expect 1 colophon search benches
expect 2 colophon editorial schedule "$number" --on someday --as max
step editorial schedule "$number" --on 2099-01-01 --as max
expect 5 colophon editorial publish "$number" --as max
says 'its publication date has not come' err.txt
step editorial schedule "$number" --as max
step editorial publish "$number" --as max --json
work=$(member work)

step search benches --public
says "$work"
step show "$work" --provenance
says 'publication'
says 'Silva'
step show "$work" --text
step submission show "$number" --as ann
says 'Published'
step editorial due
says 'Nothing is due.'
step verify
