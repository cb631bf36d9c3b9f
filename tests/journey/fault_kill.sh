#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Killed at any call that changes a file, each command is wholly done or wholly not done, and nothing that was told is lost.
# COLOPHON_FAULT_STRIDE=1 tries every call (release work); everyday runs try every few.
DEFAULT_STRIDE=4
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$HERE/lib.bash"
source "$HERE/fault_lib.bash"

total=0 tried=0
for stage in "${!STEPS[@]}"; do
  step=${STEPS[stage]} count=$(calls "${STEPS[stage]}" "$stage")
  ((count > 10)) || stop "only $count calls are counted in $step"
  for ((n = 1 + RANDOM % STRIDE; n <= count; n += STRIDE)); do
    rm -rf library
    cp -a "stage$stage" library
    struck "$step" library kill "$n"
    ((GOT == 137)) || stop "$step, call $n: exit status $GOT instead of a kill"
    holds "$step" "$stage" "$step, killed at call $n of $count"
    ((++tried))
  done
  echo "$step: $count calls"
  ((total += count))
done
echo "killed at $tried of $total calls (stride $STRIDE): each command done or not done, nothing told was lost"
