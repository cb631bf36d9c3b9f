# SPDX-License-Identifier: GPL-3.0-or-later
# What the journeys share: a temporary folder, and words for what is expected. Sourced; needs $COLOPHON, the program.
set -euo pipefail
: "${COLOPHON:?the program to try}"
SOURCE=${COLOPHON_SOURCE_DIR:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
FOLDER=$(mktemp -d)
trap 'rm -rf "$FOLDER"' EXIT
cd "$FOLDER"
unset COLOPHON_LIBRARY NO_COLOR
export XDG_DATA_HOME=$FOLDER/none XDG_CONFIG_HOME=$FOLDER/none TERM=dumb

colophon() { "$COLOPHON" "$@"; }
stop() { printf '%s: %s\n' "${BASH_SOURCE[-1]##*/}" "$1" >&2; exit 1; }

# expect STATUS COMMAND...: runs it, its output in out.txt and err.txt, and checks the exit status
expect() {
  local wanted=$1 got=0
  shift
  "$@" >out.txt 2>err.txt </dev/null || got=$?
  ((got == wanted)) || { cat out.txt err.txt >&2; stop "exit status $got instead of $wanted: $*"; }
}
# says TEXT [FILE]: the last output holds the text
says() { grep -qF -- "$1" "${2:-out.txt}" || { cat out.txt err.txt >&2; stop "does not say “$1”"; }; }
says_not() { ! grep -qF -- "$1" "${2:-out.txt}" || { cat out.txt err.txt >&2; stop "says “$1”"; }; }
# member NAME: a text member of the JSON in out.txt, the first of that name
member() { grep -o "\"$1\":\"[^\"]*\"" out.txt | head -1 | cut -d'"' -f4; }
# serve [LIBRARY]: starts the server of that library or the one here, and waits until it answers; its address in $url; ended with the journey
servers=()  # the programs themselves: the function colophon would be a shell of its own
serve() {
  local said=serve${#servers[@]}.txt
  : >"$said"  # what an earlier server said is not waited for
  "$COLOPHON" ${1:+-C "$1"} serve --listen 127.0.0.1:0 >"$said" 2>&1 </dev/null &
  servers+=($!)
  trap 'end_servers; rm -rf "$FOLDER"' EXIT
  for _ in $(seq 100); do
    url=$(grep -o 'http://[0-9.:]*' "$said" | head -1) && [[ -n $url ]] && return
    sleep 0.1
  done
  cat "$said" >&2
  stop 'does not serve'
}
end_servers() {
  ((${#servers[@]} == 0)) || kill "${servers[@]}" 2>/dev/null || true
  wait "${servers[@]}" 2>/dev/null || true
  servers=()
}
# pdf TEXT...: a PDF with one page a text, one line a line, the first in large letters; its table of contents is left for readers to repair
pdf() {
  local page=0 kids='' text line y size=18
  printf '%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\n'
  for text in "$@"; do
    local drawn='' y=780
    while IFS= read -r line; do
      drawn+="BT /F $size Tf 1 0 0 1 72 $y Tm (${line//[()\\]/}) Tj ET"$'\n'
      ((y -= 24))
      size=10
    done <<<"$text"
    printf '%d 0 obj<</Length %d>>stream\n%sendstream endobj\n' $((10 + 2 * page)) ${#drawn} "$drawn"
    printf '%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>endobj\n' $((11 + 2 * page)) $((10 + 2 * page))
    kids+="$((11 + 2 * page)) 0 R "
    ((++page))
  done
  printf '2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n' "$kids" $page
}
