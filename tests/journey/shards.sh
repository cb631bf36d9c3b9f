#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One setting parts the indexes into shards: whatever is asked, the answers stay those of one index.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

expect 0 colophon init library --demo
export COLOPHON_LIBRARY=$FOLDER/library

searches=(heat 'heat plan' '"heat plan"' 'heat near/8 city' 'urban heat resilience governance cities' 'adapt*' 'flood OR drought' 'cities -heat'
  'title:heat year:2010..' '~"heat wave"' 'concept:"heat wave"' 'heta' 'zebra' 'type:article' '')
# ask FILE: all that the indexes answer, one after another
ask() {
  local text
  for text in "${searches[@]}"; do
    colophon search "$text" --facet type --facet year --facet concept --limit 50 --json || true
    colophon search "$text" --sort newest --json --limit 5 || true
    colophon search "$text" --broaden --all-versions --json || true
  done
  colophon suggest heat
  colophon search --like "$work" --json
  colophon overlap "$texted" --json || true
  colophon who "$work"
} >"$1" 2>&1
expect 0 colophon search heat --json
work=$(member id)
expect 0 colophon search 'heat is:full-text' --json
texted=$(member id)
ask one.txt

# setting LIST: the line of colophon.toml
setting() {
  sed -i -E "s/^(# )?shards = .*/shards = $1/" "$COLOPHON_LIBRARY/colophon.toml"
  colophon config accept >/dev/null 2>&1 || true
}
grep -q '^# shards = \["here"\]$' "$COLOPHON_LIBRARY/colophon.toml" || stop 'colophon.toml does not name the setting'
setting '["here", "here", "here"]'
expect 0 colophon index status
says 'not yet searchable'
expect 0 colophon index update
says 'built anew; everything is searchable'
expect 0 colophon index status
says ' in 3 shards'
[[ $(find "$COLOPHON_LIBRARY/index/public" -name iamglass | wc -l) == 3 ]] || stop 'not in three folders'
[[ $(find "$COLOPHON_LIBRARY/index/submissions-article" -name iamglass | wc -l) == 1 ]] || stop 'submissions are parted'
ask three.txt
diff one.txt three.txt >&2 || stop 'three shards do not answer as one index does'

expect 0 colophon index check
expect 0 colophon index compact
expect 0 colophon index check
expect 0 colophon verify --rebuild
ask again.txt
diff one.txt again.txt >&2 || stop 'compacted shards do not answer as one index does'

# A change, a shard that is lost, and back to one index.
expect 0 colophon edit "$work" --set title="Quartz gardens"
expect 0 colophon search quartz
says 'Quartz gardens'
rm -r "$COLOPHON_LIBRARY/index/public/1"
expect 0 colophon search quartz
says 'Quartz gardens'
expect 0 colophon index check
[[ -d $COLOPHON_LIBRARY/index/public/1 ]] || stop 'the lost shard was not made anew'
setting '["here"]'
expect 0 colophon search quartz
says 'Quartz gardens'
expect 0 colophon index update
says 'built anew'
expect 0 colophon search quartz
says 'Quartz gardens'
[[ -f $COLOPHON_LIBRARY/index/public/iamglass ]] || stop 'there is no single index again'
setting '["nowhere"]'
expect 6 colophon search quartz
says 'does not fit index.shards' err.txt
