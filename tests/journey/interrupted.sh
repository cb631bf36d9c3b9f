#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Ctrl-C while adding leaves a whole library; the same command goes on from there.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

expect 0 colophon init library --access signed-in
export COLOPHON_LIBRARY=$FOLDER/library
mkdir many
for ((file = 0; file < 12; ++file)); do
  for ((entry = 0; entry < 500; ++entry)); do
    echo "@article{key$file-$entry, title={Title number $file of $entry in many}, author={Author$((entry % 97)), Ann}, year=$((1950 + entry % 70))}"
  done >many/$file.bib
done

"$COLOPHON" add many >out.txt 2>err.txt &
adding=$!
sleep 0.3
kill -INT $adding 2>/dev/null || true
status=0
wait $adding || status=$?
# a fast machine may be done before
((status == 130 || status == 0)) || { cat out.txt err.txt >&2; stop "exit status $status after Ctrl-C"; }
((status == 0)) || says 'the same command goes on from there'
expect 0 colophon index update
expect 0 colophon verify
expect 0 colophon add many --json
says '"failed":0'
expect 0 colophon search number --json -l 1
says '"total":6000'
expect 0 colophon verify
