#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shards on other hosts, served by xapian-tcpsrv: the answers of one index; where a host is dead or cut off, the others' and a note.
# Hosts are network namespaces, or ports of this machine where namespaces cannot be made.
if [[ -z ${COLOPHON_NAMESPACE:-} ]]; then
  if unshare --map-root-user --net ip link set lo up 2>/dev/null; then
    COLOPHON_NAMESPACE=own exec unshare --map-root-user --net bash "$0"
  fi
  COLOPHON_NAMESPACE=none
fi
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v xapian-tcpsrv >/dev/null || { echo 'xapian-tcpsrv is not there: skipped'; exit 0; }

# --- two hosts ------------------------------------------------------------------------------------------------------------
declare -A place inside running
started=()
end_all() {
  kill "${started[@]}" 2>/dev/null || true
  end_servers
  rm -rf "$FOLDER"
}
trap end_all EXIT
if [[ $COLOPHON_NAMESPACE == own ]]; then
  ip link set lo up
  for host in 1 2; do
    unshare --net sleep 1000 &
    started+=($!)
    inside[$host]="nsenter --target $! --net"
    until [[ $(readlink "/proc/$!/ns/net") != $(readlink /proc/$$/ns/net) ]]; do sleep 0.05; done
    ip link add "to$host" type veth peer name line netns "$!"
    ip address add "10.209.$host.1/24" dev "to$host"
    ip link set "to$host" up
    ${inside[$host]} ip address add "10.209.$host.2/24" dev line
    ${inside[$host]} ip link set line up
    place[$host]=10.209.$host.2:7700
  done
else
  for host in 1 2; do place[$host]=127.0.0.1:$((20000 + ($$ * 2 + host) % 10000)); done
fi
# start HOST: its server, in a group of processes of its own, for it ends all of its group
start() {
  ${inside[$1]:-} setsid xapian-tcpsrv --quiet --interface "${place[$1]%:*}" --port "${place[$1]#*:}" "copy$1" >"server$1.txt" 2>&1 </dev/null &
  running[$1]=$!
  started+=($!)
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/${place[$1]%:*}/${place[$1]#*:}") 2>/dev/null && return
    sleep 0.05
  done
  stop "host $1 does not start"
}
copy() { rm -rf "copy$1.new" && cp -a "$COLOPHON_LIBRARY/index/public/$1" "copy$1.new" && rm -rf "copy$1" && mv "copy$1.new" "copy$1"; }
# replicate HOST: the same by Xapian's own means
replicate() {
  local here=127.0.0.1 port=$((30000 + $$ % 10000))
  [[ -z ${inside[$1]:-} ]] || here=10.209.$1.1
  setsid xapian-replicate-server --one-shot --interface "$here" --port "$port" "$COLOPHON_LIBRARY/index/public" >replicate.txt 2>&1 </dev/null &
  started+=($!)
  for _ in $(seq 100); do
    ${inside[$1]:-} xapian-replicate --one-shot --quiet --host "$here" --port "$port" --master "$1" "copy$1" >>replicate.txt 2>&1 && return
    sleep 0.05
  done
  cat replicate.txt >&2
  stop 'no copy is made'
}

# --- one index, then three shards -----------------------------------------------------------------------------------------
expect 0 colophon init library --demo
export COLOPHON_LIBRARY=$FOLDER/library
expect 0 colophon search heat --json
work=$(member id)
searches=(heat 'heat plan' '"heat plan"' 'heat near/8 city' 'urban heat resilience governance cities' 'adapt*' 'flood OR "heat plan"' 'cities -heat'
  'title:heat year:2010..' '~"heat wave"' 'concept:"heat wave"' 'heta' 'zebra' 'type:article')
ask() {
  local text
  for text in "${searches[@]}"; do
    colophon search "$text" --facet type --facet year --limit 50 --json || true
    colophon search "$text" --broaden || true
  done
  colophon search --like "$work" --json
} >"$1" 2>&1
ask one.txt
expect 0 colophon saved add heat heat

sed -i -E "s/^# shards = .*/shards = [\"here\", \"${place[1]}\", \"${place[2]}\"]/" "$COLOPHON_LIBRARY/colophon.toml"
expect 0 colophon index update
expect 0 colophon index status
says "${place[1]} does not answer; its works are missing from searches (Couldn't connect"
replicate 1
copy 2
start 1
start 2
expect 0 colophon index status
says "${place[1]} answers"
says "${place[2]} answers"
ask hosts.txt
diff one.txt hosts.txt >&2 || stop 'hosts do not answer as one index does'

# --- a change: who has an older copy is not asked -------------------------------------------------------------------------
expect 0 colophon edit "$work" --set title="Quartz gardens"
expect 0 colophon index status
says 'has another copy; this machine ranks its works until it has this one'
expect 0 colophon search quartz --json
says '"total":1'
says_not partial
replicate 1
copy 2
expect 0 colophon index status
says "${place[1]} answers"
says "${place[2]} answers"
ask both.txt
colophon index compact >/dev/null
COLOPHON_INDEX_SHARDS=here,here,here ask here.txt
diff here.txt both.txt >&2 || stop 'hosts do not answer as this machine does'

# --- one host dies --------------------------------------------------------------------------------------------------------
kill "${running[2]}"
wait "${running[2]}" 2>/dev/null || true
expect 0 colophon search type:article --facet type --limit 50 --json
whole=$(COLOPHON_INDEX_SHARDS=here,here,here "$COLOPHON" search type:article --json 2>/dev/null | grep -o '"total":[0-9]*')
says '"partial":true'
says_not "$whole"
expect 0 colophon search type:article
says 'A part of the library cannot be searched at the moment: 1 of 3 shards does not answer.' err.txt
expect 0 colophon index status --json
says "\"host\":\"${place[2]}\",\"state\":\"silent\""
serve
trap end_all EXIT  # serving set another
curl -s "$url/search?q=type:article" >page.html
says '<p class="partial" role="status">A part of the library cannot be searched' page.html
[[ $(curl -s -o /dev/null -w '%{http_code}' "$url/search?q=zebra") == 200 ]] || stop 'a dead host is an error page'

# What must miss nothing does not depend on hosts.
printf '@article{new2024, title = {Heat and new marble}, year = {2024}}\n@article{new2025, title = {Heat and old marble}, year = {2025}}\n@article{new2026, title = {Heat in marble halls}, year = {2026}}\n' >new.bib
expect 0 colophon add new.bib
expect 0 colophon saved run heat --json
[[ $(grep -o marble out.txt | wc -l) == 3 ]] || stop 'a saved search missed what came'

# --- one host is cut off: nothing comes back ------------------------------------------------------------------------------
if [[ $COLOPHON_NAMESPACE == own ]]; then
  replicate 1
  expect 0 colophon search heat --json
  says '1 of 3 shards does not answer'
  ${inside[1]} ip link set line down
  before=$SECONDS
  expect 0 colophon search heat --json
  says '"partial":true'
  says '2 of 3 shards do not answer'
  ((SECONDS - before < 8)) || stop 'a host that is cut off is waited for too long'
  ${inside[1]} ip link set line up
fi
