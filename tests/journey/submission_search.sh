#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The staff of a workflow finds the sentence of a draft, on its page; who writes or reviews a submission of it, and everybody else, does not.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

expect 0 colophon init library --name Test --access signed-in
export COLOPHON_LIBRARY=$FOLDER/library
for row in 'ann|Ann Silva|author' 'max|Max Brand|managing_editor' 'pia|Pia Sohel|production_editor' 'eve|Eve Haddad|editor' 'rita|Rita Nova|reviewer'; do
  IFS='|' read -r handle name role <<<"$row"
  expect 0 colophon user add "$handle" --name "$name" --role "$role"
done
expect 1 colophon search benches --submissions --as max
expect 0 colophon submission new "$SOURCE/corpus/manuscripts/counting-benches.pdf" --author ann --as ann --json
number=$(member number)
words='a street is as long as it is'

expect 0 colophon search "\"$words\"" --submissions --as max
says "$number/1" && says 'p. 1' && says '1 version'
expect 0 colophon search "\"$words\"" --submissions --as pia --json
says '"page":1'
expect 0 colophon suggest counti --submissions --as max
for person in ann eve rita; do
  expect 1 colophon search benches --submissions --as "$person"
  says 'Submissions are searched for the managing and production editors of their workflow only.' err.txt
  expect 1 colophon suggest counti --submissions --as "$person"
done
# the search of works knows nothing of it
for audience in '' --public; do
  expect 1 colophon search benches $audience
  expect 1 colophon suggest counti $audience
done
expect 2 colophon search benches --submissions
says 'Say who acts with --as PERSON' err.txt
expect 2 colophon search benches --submissions --public --as max
expect 2 colophon search --like zzzzz --submissions --as max

# an editor who writes one finds none from then on
expect 0 colophon submission new "$SOURCE/corpus/manuscripts/dust-days.xml" --author pia --as pia --json
own=$(member number)
expect 1 colophon search benches --submissions --as pia
says 'You write or review a submission of the workflow “Article”' err.txt
says_not "$own" err.txt && says_not "$number" err.txt
expect 0 colophon search dust --submissions --as max
says "$own/1"

expect 0 colophon index status
says 'submissions-article  2 documents'
# so does one who is asked to review, until they decline
expect 0 colophon user add rex --name 'Rex Lind' --role production_editor
expect 0 colophon search benches --submissions --as rex
for partner in iclei unu-ehs; do expect 0 colophon user add "officer-$partner" --name "Officer of $partner" --partner "$partner" --role clearance_officer; done
expect 0 colophon submission request-clearance "$number" --as ann
for partner in iclei unu-ehs; do expect 0 colophon clearance give "$number" --as "officer-$partner"; done
expect 0 colophon submission submit "$number" --as ann
expect 0 colophon editorial assign "$number" eve --as max
expect 0 colophon editorial screen "$number" --outcome accept --as eve
expect 0 colophon editorial invite "$number" rex --as eve
expect 1 colophon search benches --submissions --as rex
says 'You write or review a submission' err.txt
expect 0 colophon review decline "$number" --as rex
expect 0 colophon search benches --submissions --as rex
expect 0 colophon verify
