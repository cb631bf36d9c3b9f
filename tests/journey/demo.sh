#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The demonstration library: filled from the corpus, eight submissions in eight phases, one review overdue and nothing else.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

mkdir full && touch full/file
expect 5 colophon init full --demo
expect 0 colophon init demo --demo
says 'all ' err.txt
export COLOPHON_LIBRARY=$FOLDER/demo
expect 0 colophon submission list --as obrannagh
for phase in Draft 'Clearance before submission' Screening Review Revision 'Clearance before publication' Published Withdrawn; do says "$phase"; done
expect 0 colophon review queue --as novarkova
says 'overdue since'
expect 0 colophon clearance list --as souselas
says_not 'overdue'
expect 0 colophon search counting benches --public
says 'Counting Benches: A Walking Audit That Any City Can Repeat'
expect 0 colophon search '"heat action plan"' --json
says '"hits":[{"id":'
expect 0 colophon verify
expect 0 colophon doctor
