#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk that fails or fills up while a command runs: exit status 74 with what to do, or the command is done all the same; the library stays
# whole and goes on when the disk does.
DEFAULT_STRIDE=11
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$HERE/lib.bash"
source "$HERE/fault_lib.bash"

tried=0 refused=0
for stage in "${!STEPS[@]}"; do
  step=${STEPS[stage]} count=$(calls "${STEPS[stage]}" "$stage")
  for fault in 'eio 0' 'eio 1' 'enospc 1' 'short 0'; do
    read -r kind sticky <<<"$fault"
    for ((n = 1 + RANDOM % STRIDE; n <= count; n += STRIDE)); do
      rm -rf library
      cp -a "stage$stage" library
      struck "$step" library "$kind" "$n" "$sticky"
      what="$step, $kind (sticky $sticky) at call $n of $count"
      case $GOT in
        0) ;;
        74)
          ((++refused))
          grep -q '"code":"io"' struck.err || { cat struck.err >&2; stop "$what: no reason"; }
          ! grep -q '"hint":""' struck.err || { cat struck.err >&2; stop "$what: no word on what to do"; }
          ;;
        *) cat struck.out struck.err >&2; stop "$what: exit status $GOT" ;;
      esac
      holds "$step" "$stage" "$what"
      ((++tried))
    done
  done
done
((refused > tried / 4)) || stop "only $refused of $tried faults were noticed"
echo "$tried faults, $refused refused with what to do: the library stayed whole"
