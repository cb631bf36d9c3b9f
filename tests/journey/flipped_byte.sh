#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One byte flipped in any file of a library is found by verify, which names what is wrong; nothing is found in the library as it was.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
library=$folder/library
"$COLOPHON" init "$library" --name Flip --access public --time-zone UTC >/dev/null
"$COLOPHON" -C "$library" add -q "$COLOPHON_SOURCE_DIR/corpus/works/iclei.bib" "$COLOPHON_SOURCE_DIR/corpus/papers/en-urban-food.xml" >/dev/null
"$COLOPHON" -C "$library" verify >/dev/null

# flip FILE OFFSET: the byte's lowest bit
flip() {
  local byte
  byte=$(od -An -tu1 -j "$2" -N1 "$1" | tr -d ' ')
  printf "$(printf '\\x%02x' $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

missed=0 tried=0
while read -r file; do
  size=$(stat -c %s "$file")
  ((size > 0)) || continue
  chmod u+w "$file"
  for part in 3 47 91; do
    offset=$((size * part / 100))
    cp -p "$file" "$folder/kept"
    flip "$file" "$offset"
    tried=$((tried + 1))
    if "$COLOPHON" -C "$library" verify >"$folder/out" 2>&1; then
      echo "not found: byte $offset of ${file#"$library"/}"
      missed=$((missed + 1))
    fi
    cp -p "$folder/kept" "$file"
    rm -f "$library"/store.sqlite-wal "$library"/store.sqlite-shm
  done
done < <(find "$library" -type f ! -name '*-wal' ! -name '*-shm' | sort)
"$COLOPHON" -C "$library" verify >/dev/null
echo "$tried bytes flipped, $missed not found"
((missed == 0 && tried > 20))
