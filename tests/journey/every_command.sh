#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command has help with a usage line, options and an example, and says its errors as JSON when asked to.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

# the commands as the overview and the nouns' help list them
colophon help >overview.txt
mapfile -t words < <(sed -n '/^Options of/q; s/^  \([a-z][a-z-]*\)  .*/\1/p' overview.txt)
((${#words[@]} > 15)) || stop 'the overview lists too few commands'
commands=()
for word in "${words[@]}"; do
  colophon help "$word" >help.txt
  if grep -q VERB help.txt; then
    while read -r verb; do commands+=("$word $verb"); done < <(sed -n "s/^  $word \([a-z-]*\).*/\1/p" help.txt)
  else
    commands+=("$word")
  fi
done
((${#commands[@]} > 45)) || stop "only ${#commands[@]} commands"

for command in "${commands[@]}"; do
  read -ra parts <<<"$command"
  expect 0 colophon "${parts[@]}" --help
  says "usage: colophon $command"
  [[ $command == version ]] || says 'Examples'
  expect 2 colophon "${parts[@]}" --no-such-option --json
  says '{"error":{"code":"usage","message":"unknown option “--no-such-option”"' err.txt
  [[ ! -s out.txt ]] || stop "$command --no-such-option says something on standard output"
done
