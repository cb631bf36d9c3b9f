#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What goes wrong is said once, with what to do, and with its exit status.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

expect 2 colophon serch x
[[ $(<err.txt) == 'colophon: unknown command “serch”. Did you mean “search”?' ]] || stop "$(<err.txt)"
expect 2 colophon submission lst
[[ $(<err.txt) == 'colophon: unknown command “submission lst”. Did you mean “submission list”?' ]] || stop "$(<err.txt)"
expect 2 colophon search --limti 5
[[ $(<err.txt) == 'colophon: unknown option “--limti”. Did you mean “--limit”?' ]] || stop "$(<err.txt)"
expect 2 colophon submission
expect 2 colophon show
says '“colophon show” needs ID' err.txt
expect 2 colophon show a b c
says 'one argument too many' err.txt
expect 2 colophon search heat --limit many
says '--limit needs a number' err.txt
expect 2 colophon search heat --limit
says 'needs a value' err.txt
expect 2 colophon search heat --sort wildly
says 'Use one of: relevance, newest, oldest, title' err.txt
expect 2 colophon search heat --set web.listen
says 'KEY=VALUE' err.txt
expect 2 colophon serch --json
[[ $(<err.txt) == '{"error":{"code":"usage","message":"unknown command “serch”","hint":"did you mean “search”?","where":""}}' ]] || stop "$(<err.txt)"

expect 0 colophon
says 'usage: colophon'
expect 0 colophon --help
expect 0 colophon help ms new
says 'usage: colophon submission new'
expect 0 colophon version --json
says '{"v":1,"version":"'

expect 3 colophon search heat
says 'colophon init DIR' err.txt
expect 3 colophon -C nowhere search heat
expect 2 colophon init library
says '--access public' err.txt
expect 2 colophon init library --access public --time-zone Mars/Base
expect 0 colophon init library --access public
expect 5 colophon init library --access public
expect 5 colophon init library --demo
export COLOPHON_LIBRARY=$FOLDER/library

expect 2 colophon --set web.lisen=:9000 search heat
says 'Did you mean “web.listen”?' err.txt
expect 2 colophon --set web.connections=many search heat
expect 1 colophon search heat
says 'Nothing found' err.txt
expect 3 colophon show zzzzz
expect 2 colophon edit zzzzz
expect 2 colophon export --to word
expect 6 colophon add missing.bib
: >empty.bib
expect 6 colophon add empty.bib
printf 'PK\003\004zip' >archive.pdf
expect 6 colophon add archive.pdf
echo '@book{a, title={A book of heat}, author={Silva, Ann}, year=2020}' >good.bib
expect 7 colophon add good.bib missing.bib
says 'missing.bib' err.txt
expect 0 colophon -q search heat
expect 6 colophon user add 'Bad Handle' --name x
expect 6 colophon user add ann --name 'Ann Silva' --partner iclai
says 'Did you mean “iclei”?' err.txt
expect 0 colophon user add ann --name 'Ann Silva'
expect 5 colophon user add ann --name 'Ann Silva'
expect 3 colophon submission list --as anne
says 'Did you mean “ann”?' err.txt
expect 1 colophon submission list --as ann
expect 3 colophon submission new missing.pdf --as ann
printf 'just text' >text.txt
expect 6 colophon submission new text.txt --as ann
says '--title' err.txt
expect 0 colophon submission new text.txt --title 'Just text' --as ann

# control characters of data never reach the terminal
printf '@book{evil, title={Evil \033[31mred title}, author={Silva, Ann}, year=2020}\n' >evil.bib
expect 0 colophon add evil.bib
expect 0 colophon search evil --color never
! grep -q $'\033' out.txt err.txt || stop 'an escape sequence came through'
expect 0 colophon search evil --color always
grep -q $'\033\[1m' out.txt || stop 'no colour when it is asked for'
