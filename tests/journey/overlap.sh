#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A passage copied from a paper is found with its place and both wordings, whatever file it comes in; a reference list is none.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

expect 0 colophon init library --name 'Test library' --access public
export COLOPHON_LIBRARY=$FOLDER/library
expect 0 colophon add "$SOURCE/corpus/papers/en-flood-last-metres.xml" "$SOURCE/corpus/papers/en-urban-food.xml" "$SOURCE/corpus/papers/de-schwammstadt.xml"
expect 0 colophon search '"official part"' --json
id=$(member id)

sentence='The official part, from issue to first resident, took 34 minutes. From the first resident to half of the panel took another 43, and from hearing to acting 28 more.'
echo "Our town is different. ${sentence/to half/up to half} Nobody knows why." >manuscript.txt
expect 0 colophon overlap manuscript.txt
says "$id  2023  The last hundred metres"
says 'in common'
says 'to half of the panel'
says '« up»'
says 'there (Results › A timetable)'
expect 0 colophon overlap manuscript.txt --json
says '"documents":3,"works":[{"id":"'"$id"'"'

printf '%s\n' 'Our town is different, and we say so in our own words, of which there have to be some: more than of those that others wrote.' 'References' "$sentence" >references.txt
expect 1 colophon overlap references.txt
says 'Nothing in common' err.txt
expect 1 colophon overlap "$id"

# what is withdrawn is compared with no more
expect 0 colophon withdraw "$id" --reason 'Retracted.'
expect 1 colophon overlap manuscript.txt

expect 3 colophon overlap nowhere.txt
expect 3 colophon overlap zzzzz
: >empty.txt
expect 6 colophon overlap empty.txt
says 'no text was found in the file' err.txt
expect 2 colophon overlap manuscript.txt --limit 0
