#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Bad input: each is said with its reason, what to do and its exit status; the good beside it is taken in, and nothing told is lost.
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$HERE/lib.bash"
note() { echo "note: $1"; }
cleanup() {
  [[ ! -e $FOLDER/mount ]] || umount "$FOLDER/mount" 2>/dev/null || true
  chmod -R u+rwX "$FOLDER" 2>/dev/null || true
  rm -rf "$FOLDER"
}
trap cleanup EXIT

expect 0 colophon init library --name Test --access public
export COLOPHON_LIBRARY=$FOLDER/library
echo '@book{good, title={A book of heat}, author={Silva, Ann}, year=2020}' >good.bib
expect 0 colophon add good.bib
# whole: what was told at the start is still there
whole() {
  expect 0 colophon search heat
  says 'A book of heat'
  expect 0 colophon verify
}
# refused STATUS REASON COMMAND...: fails with the status, a reason, and a word on what to do
refused() {
  local status=$1 reason=$2
  shift 2
  expect "$status" "$@" --json
  cat out.txt err.txt >both.txt
  says "$reason" both.txt
  ! grep -q '"hint":""' <(grep -o '"status":"failed".*' out.txt; cat err.txt) || { cat both.txt >&2; stop "no word on what to do: $*"; }
  says_not 'terminate called' both.txt
  says_not 'sqlite3' both.txt
}

# --- files ---------------------------------------------------------------------------------------------------------------
mkdir papers
: >papers/empty.bib
: >papers/empty.pdf
head -c 20000 "$SOURCE/corpus/papers/en-heat-outreach.pdf" >papers/truncated.pdf
head -c 3000 "$SOURCE/corpus/papers/en-heat-outreach.xml" >papers/truncated.xml
head -c 4000 /dev/urandom >papers/binary.bib
head -c 4000 /dev/urandom >papers/binary.pdf
cp "$SOURCE/corpus/papers/en-heat-outreach.pdf" papers/wrongly-named.bib
cp "$SOURCE/corpus/papers/en-bus-transition.xml" papers/wrongly-named.pdf
printf 'PK\003\004 an archive' >papers/archive.pdf
printf '<!doctype html><html><body>Not found</body></html>' >papers/page.pdf
printf '%%PDF-1.7\n' >papers/stub.pdf
printf '@book{half, title = {Half' >papers/half.bib
# an encrypted file: the standard handler with a password that nobody knows
cat >papers/encrypted.pdf <<'PDF'
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]>>endobj
4 0 obj<</Filter/Standard/V 1/R 2/P -64/O<0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef>/U<fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210>>>endobj
trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>
%%EOF
PDF
mkfifo papers/pipe.bib
ln -s nowhere papers/dangling.bib

expect 7 timeout 100 "$COLOPHON" add papers --json
cp out.txt added.json
for file in empty.bib empty.pdf binary.bib binary.pdf archive.pdf page.pdf stub.pdf encrypted.pdf truncated.xml; do
  grep -o "{\"path\":\"[^\"]*/$file\"[^}]*}" added.json >item.txt || stop "nothing is said of $file"
  says '"status":"failed"' item.txt
  says_not '"reason":""' item.txt
  says_not '"hint":""' item.txt
done
for file in wrongly-named.bib wrongly-named.pdf; do
  grep -o "{\"path\":\"[^\"]*/$file\"[^}]*}" added.json >item.txt || stop "nothing is said of $file"
  says '"status":"added"' item.txt
done
grep -o '{"path":"[^"]*/encrypted.pdf"[^}]*}' added.json >item.txt
says 'encrypt' item.txt
whole
rm -f papers/pipe.bib
expect 7 colophon add papers good.bib
refused 6 'empty' colophon add papers/empty.bib
refused 6 'No such file' colophon add missing.bib
whole

# --- permissions: root may read everything, so try as nobody ---------------------------------------------------------------
mkdir -p open/closed-folder
cp good.bib open/closed.bib
cp good.bib open/closed-folder/inside.bib
sed 's/good,/other,/; s/book of heat/book of cold/' good.bib >open/open.bib
if ((EUID == 0)); then as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups); else as_nobody=(env); fi
if "${as_nobody[@]}" "$COLOPHON" version >/dev/null 2>&1 && chmod 711 "$FOLDER" && "${as_nobody[@]}" test -x "$FOLDER"; then
  if ((EUID == 0)); then
    mkdir nobodys && chown 65534:65534 nobodys open/closed-folder
    own=$FOLDER/nobodys/library
  else
    own=$FOLDER/own
  fi
  chmod 000 open/closed.bib open/closed-folder
  expect 0 "${as_nobody[@]}" "$COLOPHON" init "$own" --name Own --access public
  expect 7 "${as_nobody[@]}" "$COLOPHON" -C "$own" add open --json
  says 'ermission denied'
  [[ $(grep -o '"status":"failed"' out.txt | wc -l) == 2 ]] || { cat out.txt >&2; stop 'a file and a folder cannot be read, and two are told'; }
  says '"status":"added"'
  says_not '"hint":""' <(grep -o '"status":"failed"[^}]*' out.txt) || true
  if ((EUID == 0)); then  # another's library
    for command in 'search heat' verify 'index update' 'add good.bib' doctor upgrade; do
      got=0
      "${as_nobody[@]}" "$COLOPHON" -C "$FOLDER/library" $command >out.txt 2>err.txt || got=$?
      [[ $got == 74 || ($command == doctor && $got == 1) ]] || { cat out.txt err.txt >&2; stop "$command of another's library: exit status $got"; }
      says_not 'unexpected' err.txt
    done
    expect 74 "${as_nobody[@]}" "$COLOPHON" init "$FOLDER/library/inner" --access public
  fi
  # a library that may be read but not written
  chmod 755 open/closed-folder
else
  note 'permissions: nobody cannot run the program here, not tried'
fi
whole

# --- a full disk -------------------------------------------------------------------------------------------------------------
full_disk() {
  local where=$1 n got lost
  expect 0 colophon init "$where/library" --name Full --access public
  expect 0 colophon -C "$where/library" add good.bib
  for n in $(seq 1 40); do
    for i in $(seq 1 400); do echo "@book{k$n-$i, title={Volume $n.$i of a long series on heat in towns}, author={Silva, Ann}, year=2020}"; done >many.bib
    got=0
    limited colophon -C "$where/library" add many.bib --json >out.txt 2>err.txt || got=$?
    ((got == 0)) || break
  done
  ((got == 74)) || { cut -c1-300 err.txt out.txt >&2; stop "a full disk: exit status $got instead of 74"; }
  cat out.txt err.txt >both.txt
  says '"code":"io"' both.txt
  says_not '"hint":""' err.txt
}
limited() { "$@"; }
mkdir mount
if mount -t tmpfs -o size=3m none mount 2>/dev/null; then
  full_disk "$FOLDER/mount"
  mount -o remount,size=64m "$FOLDER/mount"
  expect 0 colophon -C mount/library add many.bib
  expect 0 colophon -C mount/library add good.bib --json
  says '"unchanged":1'
  expect 0 colophon -C mount/library verify
  umount mount
else
  note 'no tmpfs may be mounted here: a limit on the size of files instead'
  limited() { (ulimit -f 700; trap '' XFSZ; "$@"); }
  full_disk "$FOLDER"/mount
  limited() { "$@"; }
  expect 0 colophon -C mount/library add many.bib
  expect 0 colophon -C mount/library verify
fi

# --- two writers ----------------------------------------------------------------------------------------------------------------
for n in 1 2; do
  for i in $(seq 1 1500); do echo "@book{w$n-$i, title={Writer $n volume $i}, author={Silva, Ann}, year=2021}"; done >writer$n.bib
done
colophon add writer1.bib --json >one.txt 2>one.err & first=$!
colophon add writer2.bib --json >two.txt 2>two.err & second=$!
status1=0 status2=0
wait $first || status1=$?
wait $second || status2=$?
for pair in "$status1 one" "$status2 two"; do
  read -r status name <<<"$pair"
  case $status in
    0) ;;
    75) grep -q '"code":"busy"' "$name.err" && ! grep -q '"hint":""' "$name.err" || stop "busy, without a word on what to do: $(<"$name.err")" ;;
    *) stop "the $name writer ends with $status: $(<"$name.err")" ;;
  esac
done
expect 0 colophon add writer1.bib writer2.bib
expect 0 colophon index update
for n in 1 2; do
  expect 0 colophon search "title:\"Writer $n volume\"" --json
  says '"total":1500'
done
whole

# --- a worker that fails or is not there ------------------------------------------------------------------------------------------
cp "$SOURCE/corpus/papers/en-land-use-risk.pdf" paper.pdf
refused_worker() { refused "$@"; }
expect 6 colophon --set worker.memory_mib=64 --set worker.wall_seconds=1 add papers/stub.pdf --json
mkdir alone && cp "$COLOPHON" alone/colophon
refused 70 'colophon-extract' alone/colophon add paper.pdf
printf '#!/bin/sh\nexec sleep 600\n' >alone/colophon-extract && chmod +x alone/colophon-extract
refused 70 'colophon-extract' timeout 60 alone/colophon add paper.pdf
printf '#!/bin/sh\nexit 3\n' >alone/colophon-extract
refused 70 'colophon-extract' timeout 60 alone/colophon add paper.pdf
expect 0 timeout 60 alone/colophon add good.bib
whole
expect 0 colophon add paper.pdf
whole
echo 'bad input: said, survived'
