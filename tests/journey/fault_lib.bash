# SPDX-License-Identifier: GPL-3.0-or-later
# What the journeys of failing disks share (see tests/support/fault_io.c): a small library, three commands that change it, and what must
# hold after each of them was struck. Sourced after lib.bash.
if [[ ! -e ${COLOPHON_FAULT_IO:-} ]]; then
  echo "skipped: the fault-injecting library is not built (sanitizers)"
  exit 0
fi
STRIDE=${COLOPHON_FAULT_STRIDE:-$DEFAULT_STRIDE}

cat >small.bib <<'BIB'
@report{heat, title = {Heat in towns}, author = {Doe, Jane}, year = 2019}
@report{flood, title = {Flood in towns}, author = {Roe, Ann}, year = 2020, doi = {10.1234/flood}}
@article{again, title = {Flood in all towns}, author = {Roe, Ann}, year = 2020, doi = {10.1234/flood}}
BIB

expect 0 colophon init stage0 --name Test --access public
colophon_in() { local library=$1; shift; "$COLOPHON" -C "$library" "$@"; }
expect 0 colophon_in stage0 user add ann --name 'Ann Silva' --partner iclei --role author
expect 0 colophon_in stage0 user add ben --name 'Ben Okafor' --partner unu-ehs --role author
printf 'A manuscript about heat.' >manuscript.txt
expect 0 colophon_in stage0 submission new manuscript.txt --title 'Cool rooms' --author ann --author ben --as ann --json
NUMBER=$(member number)

# the commands, each from the stage before it
STEPS=(add agree edit)
run_step() {
  local step=$1 library=$2
  case $step in
    add) colophon_in "$library" add "$FOLDER/small.bib" --json ;;
    agree) colophon_in "$library" submission agree "$NUMBER" --as ben --json ;;
    edit) colophon_in "$library" edit "$WORK" --set 'title=Heat in all towns' --as ann --json ;;
  esac
}

# All that can be seen of a library, without instants.
picture() {
  local library=$1
  {
    colophon_in "$library" export --to csl-json || echo "exit $?"
    colophon_in "$library" search towns --json || echo "exit $?"
    colophon_in "$library" submission show "$NUMBER" --as ann --json || echo "exit $?"
    colophon_in "$library" show "$WORK" --json || echo "exit $?"
  } 2>&1 | sed -E 's/"?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"?/INSTANT/g; s/"(at|as_of|when)":[0-9]+/"\1":0/g'
}

WORK=zzzzz
for i in "${!STEPS[@]}"; do
  cp -a "stage$i" "stage$((i + 1))"
  expect 0 run_step "${STEPS[i]}" "stage$((i + 1))"
  if [[ ${STEPS[i]} == add ]]; then WORK=$(member id); fi
  expect 0 colophon_in "stage$((i + 1))" verify
  picture "stage$((i + 1))" >"picture$((i + 1)).txt"
done

# struck STEP LIBRARY KIND N [STICKY]: runs the step with a fault; its exit status is in $GOT
struck() {
  GOT=0
  COLOPHON_FAULT_DIR=$FOLDER/$2 COLOPHON_FAULT_KIND=$3 COLOPHON_FAULT_AT=$4 COLOPHON_FAULT_STICKY=${5:-0} \
    with_faults run_step "$1" "$2" >struck.out 2>struck.err || GOT=$?
}
with_faults() { LD_PRELOAD=$COLOPHON_FAULT_IO "$@"; }

# calls STEP STAGE: how many calls it makes
calls() {
  rm -rf library
  cp -a "stage$2" library
  COLOPHON_FAULT_DIR=$FOLDER/library COLOPHON_FAULT_COUNT=$FOLDER/count with_faults run_step "$1" library >/dev/null 2>&1
  cat count
}

# holds STEP STAGE WHAT: the library is whole, keeps what was told, and the step can be taken to its end
holds() {
  local step=$1 after=$(($2 + 1)) what=$3 id
  for id in $(grep -o '"id":"[^"]*","key":"[^"]*","status":"\(added\|updated\)' struck.out | cut -d'"' -f4); do
    colophon_in library show "$id" >/dev/null 2>&1 || stop "$what: $id was told and is lost"
  done
  colophon_in library index update >update.out 2>&1 || { cat update.out >&2; stop "$what: the index cannot be brought up to date"; }
  colophon_in library verify >verify.out 2>&1 || { cat verify.out >&2; stop "$what: verify finds something"; }
  if [[ -s struck.out && $GOT == 0 ]] || ! again "$step"; then
    picture library | diff "picture$after.txt" - >&2 || stop "$what: it was told as done, and is not"
    return
  fi
  picture library | diff "picture$after.txt" - >&2 || stop "$what: the second run ends otherwise than an undisturbed one"
}
# Runs the step again; false where the library says that it was done already.
again() {
  local got=0
  run_step "$1" library >again.out 2>again.err || got=$?
  if ((got == 5)); then return 1; fi
  ((got == 0)) || { cat again.out again.err >&2; stop "the second run fails with $got"; }
}
