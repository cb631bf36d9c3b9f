#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two libraries that differ in one fact hidden from somebody give that person byte-equal output, errors and counts.
# The second library is a copy of the first up to where they differ, so that what is drawn at random is equal: nothing is masked but instants.
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$HERE/lib.bash"

in_world() { local world=$1; shift; "$COLOPHON" -C "$FOLDER/$world" "$@"; }
# same WHAT COMMAND...: the command, in both worlds, says the same and ends the same
compared=0
same() {
  local what=$1 world got
  shift
  for world in 0 1; do
    got=0
    in_world "$world" "${@//NUMBER/$NUMBER}" >"said$world.txt" 2>"err$world.txt" </dev/null || got=$?
    {
      echo "exit $got"
      cat "said$world.txt"
      echo ---
      cat "err$world.txt"
    } | sed -E "s#$FOLDER/$world#LIBRARY#g; s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/INSTANT/g" >"world$world.txt"
  done
  diff world0.txt world1.txt >&2 || stop "$what: “$*” tells the worlds apart"
  ((++compared))
}
# differs COMMAND...: who may know sees the difference, or the test proves nothing
differs() {
  local world
  for world in 0 1; do in_world "$world" "${@//NUMBER/$NUMBER}" >"world$world.txt" 2>&1 </dev/null || true; done
  ! cmp -s world0.txt world1.txt || stop "“$*” shows no difference even to those who may know"
}

both() { local world; for world in 0 1; do expect 0 in_world "$world" "${@//NUMBER/$NUMBER}"; done; }
NUMBER=none
fresh() {
  rm -rf 0 1
  expect 0 colophon init 0 --name Test --access signed-in
  cp -a 0 1
}

# --- a text that a visitor may not read ------------------------------------------------------------------------------------
# One paper in two states of its body: in world 1 the closed text holds a word more.
paper() {
  cat <<XML
<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article"><front><article-meta>
<article-id pub-id-type="doi">10.1234/shade</article-id>
<title-group><article-title>Shade in towns</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Silva</surname><given-names>Ann</given-names></name></contrib></contrib-group>
<pub-date><year>2024</year></pub-date>
<abstract><p>Trees and awnings.</p></abstract>
</article-meta></front><body><sec><title>Results</title><p>Shade helps against heat$1.</p></sec></body></article>
XML
}
hidden_text() {
  local rule=$1 world
  fresh
  # The paper's own entry comes first, so that the work goes by its id: an id minted from a file is a digest of the file's bytes, which
  # would tell closed texts apart, though not what they say.
  printf '@article{open, title={Heat in towns}, author={Doe, Jane}, year={2023}}\n@article{s, title={Shade in towns}, author={Silva, Ann}, year=2024, doi={10.1234/shade}}\n' >open.bib
  both add open.bib
  paper '' >0.xml
  paper ' and the zyzzyva stays away, says a secret annexe about drought, and so the mayor was told in March before the wells ran dry' >1.xml
  paper ' and the zyzzyva stays away, says a secret annexe about drought, and so the mayor was told in March before the wells ran dry' |
    sed -n 's/.*<p>\(Shade helps.*\)<\/p>.*/\1/p' >leaked.txt
  for world in 0 1; do
    mkdir -p "papers$world"
    cp "$world.xml" "papers$world/shade.xml"
    expect 0 in_world "$world" add "papers$world/shade.xml" --access "$rule"
  done
  for query in zyzzyva drought zyzzyvas shade heat 'heat drought' '"secret annexe"' 'title:shade' 'year:2020..2025' '' 'zyzzyva OR heat' '-zyzzyva' 'zyz*' '*zzyva' 'zyzzvya' 'secretannexe' \
    'shade near/9 zyzzyva' '~drought' 'concept:drought' 'access:open' 'is:full-text'; do
    same "a text with access $rule" search "$query" --public --json
    same "a text with access $rule" search "$query" --public --explain
  done
  for typed in zyz zyzzyva 'secret an' drou shade mayo; do same "a text with access $rule" suggest "$typed" --public --json; done
  same "a text with access $rule" export --to csl-json --public
  same "a text with access $rule" overlap leaked.txt --public
  same "a text with access $rule" who leaked.txt --public --json
  same "a text with access $rule" who zyzzyva drought --public --json
  same "a text with access $rule" search --like "$(in_world 0 search title:towns --json | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4)" --public --json
  same "a text with access $rule" overlap leaked.txt --public --json
}
# The same for who comes by the web: status, headers and body of every page, but instants and tags of them, the port, and the id of the source beside each value,
# which is minted from the file's bytes (see above).
served() {
  local rule=$1 world query work
  work=$(in_world 0 search shade --json | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4)
  command -v curl >/dev/null || { echo 'note: no curl, pages are not compared'; return; }
  local pages=(/ '/search?q=shade' '/search?q=zyzzyva' '/search?q=drought+heat' '/search?q=zyzzvya' '/search?q=' '/search?q=~drought&explain=1' '/suggest.json?q=zyz' '/suggest.json?q=drou'
    "/r/$work" "/r/$work/text" "/r/$work/file/1" "/r/$work/file/2" "/r/$work.bib" "/r/$work/text?page=2" /r/zzzzz /sitemap.xml /feed '/search.atom?q=shade' '/search.atom?q=zyzzyva' "/search?like=$work" "/search.json?like=$work")
  for world in 0 1; do
    serve "$FOLDER/$world"
    for query in "${pages[@]}"; do
      echo "== $query"
      curl -s -i --max-time 20 "$url$query" | sed -E "/^[Dd]ate:/d; /^ETag:/d; s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/INSTANT/g; s/${url##*:}/PORT/g; s#<span class=.soft.>[0-9a-z]{5,6}</span>#SOURCE#g; s/nonce[-=]\"?[A-Za-z0-9+\/=_-]+/NONCE/g"
    done >"world$world.txt"
  done
  end_servers
  grep -q 'Shade in towns' world0.txt || stop 'the pages do not show the paper'
  diff world0.txt world1.txt >&2 || stop "pages tell apart a text with access $rule"
  compared=$((compared + ${#pages[@]}))
}
hidden_text signed-in
served signed-in
differs search zyzzyva --json
differs overlap leaked.txt
hidden_text closed
served closed
hidden_text 'public; embargo 2199-01-01'

# the difference comes to light where it should: the same text, open
fresh
for world in 0 1; do expect 0 in_world "$world" add "papers$world/shade.xml" --access public; done
differs search zyzzyva --public --json
differs overlap leaked.txt --public

# --- a PDF that a visitor may not open, beside an open text of the same work: on which page its sentences stand ---------------------
fresh
printf '@article{s, title={Shade in towns}, author={Silva, Ann}, year=2024, doi={10.1234/shade}}\n' >open.bib
both add open.bib
paper '' >shade.xml
both add shade.xml --access public
for world in 0 1; do
  texts=($'Shade in towns\nAnn Silva\nhttps://doi.org/10.1234/shade' 'Shade helps against heat.')
  ((world)) && texts=("${texts[0]}"$'\n'"${texts[1]}" 'Nothing else is printed.')
  pdf "${texts[@]}" >"papers$world/shade.pdf"
  expect 0 in_world "$world" add "papers$world/shade.pdf" --access signed-in
done
for query in shade heat '"against heat"' 'shade near/4 heat' 'title:shade'; do
  same 'a closed PDF' search "$query" --public --json
  same 'a closed PDF' search "$query" --public
done
served 'a closed PDF'
differs search heat --json

# --- the reviews that stand in an article's file: shown by rule, found by nobody ------------------------------------------------
# reviewed ID REPORT NAME: a paper (ID is its DOI or date, or nothing) with a reviewer's report
reviewed() {
  cat <<XML
<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article"><front><article-meta><article-id pub-id-type="arxiv">2401.01234</article-id>$1
<title-group><article-title>Shade in towns</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Silva</surname><given-names>Ann</given-names></name></contrib></contrib-group>
<abstract><p>Trees and awnings.</p></abstract>
</article-meta></front><body><sec><title>Results</title><p>Shade helps against heat.</p></sec></body>
<sub-article article-type="referee-report"><front-stub><title-group><article-title>Report</article-title></title-group>
<contrib-group><contrib>$3<email>rex@example.org</email></contrib></contrib-group></front-stub><body><p>A sound paper$2.</p></body></sub-article></article>
XML
}
secret=' though the zyzzyva stays away says the reviewer who doubts the secret annexe about drought and wants a second round in March'
review_worlds() {
  local world
  fresh
  printf '@article{open, title={Heat in towns}, author={Doe, Jane}, year={2023}}\n@article{s, title={Shade in towns}, author={Silva, Ann}, archiveprefix={arXiv}, eprint={2401.01234}}\n' >open.bib
  both add open.bib
  reviewed "$1" '' '<anonymous/>' >0.xml
  reviewed "$1" "$secret" '<name><surname>Quist</surname><given-names>Raymond</given-names></name>' >1.xml
  for world in 0 1; do
    cp "$world.xml" "papers$world/shade.xml"
    expect 0 in_world "$world" add "papers$world/shade.xml" --access public
  done
}
no_search_finds_reviews() {
  local query
  echo "$secret" >leaked.txt
  for query in zyzzyva drought quist 'author:quist' rex 'rex@example.org' '"secret annexe"' report reviewer shade '' 'zyz*' 'zyzzvya' '~drought' 'year:2020..2025'; do
    same "reviews in an article" search "$query" --json
    same "reviews in an article" search "$query" --public --explain
  done
  for query in zyz quis raym 'secret an' drou; do same "reviews in an article" suggest "$query" --json; done
  same "reviews in an article" overlap leaked.txt
  same "reviews in an article" who leaked.txt --json
  same "reviews in an article" who raymond quist --json
  same "reviews in an article" export --to csl-json
  same "reviews in an article" export --to bibtex
}
review_worlds '<article-id pub-id-type="doi">10.1234/shade</article-id><pub-date><year>2024</year></pub-date>'
no_search_finds_reviews
shade=$(in_world 1 search shade --json | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4)
differs show "$shade" --reviews --public
expect 0 in_world 1 show "$shade" --reviews --public
says zyzzyva && says Quist && says_not rex@example.org
expect 0 in_world 0 show "$shade" --reviews --public
says 'not named' && says_not Quist
# of a paper that does not say that it is published nobody sees them
review_worlds ''
no_search_finds_reviews
shade=$(in_world 1 search shade --json | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4)
same 'reviews of a paper that is not published' show "$shade" --reviews
same 'reviews of a paper that is not published' show "$shade" --text --public

# --- reviews, before and behind the decision ---------------------------------------------------------------------------------
build_house() {
  expect 0 colophon init house --name Test --access signed-in
  local at=(in_world house)
  for row in 'ann|Ann Silva|iclei|author' 'ben|Ben Okafor|unu-ehs|author' 'oli|Olivia Brito|iclei|clearance_officer' 'uma|Uma Rao|unu-ehs|clearance_officer' \
    'eve|Eve Haddad||editor' 'max|Max Brand||managing_editor' 'pia|Pia Sohel||production_editor' 'rita|Rita Nova||reviewer' 'rex|Rex Lind||reviewer' 'ray|Raymond Quist||reviewer' 'zoe|Zoe Out||author'; do
    IFS='|' read -r handle name partner role <<<"$row"
    expect 0 "${at[@]}" user add "$handle" --name "$name" ${partner:+--partner "$partner"} --role "$role"
  done
  printf 'On cool rooms.' >manuscript.txt
  expect 0 "${at[@]}" submission new manuscript.txt --title 'Cool rooms' --author ann --author ben --as ann --json
  NUMBER=$(member number)
  expect 0 "${at[@]}" submission agree "$NUMBER" --as ben
  expect 0 "${at[@]}" submission request-clearance "$NUMBER" --as ann
  expect 0 "${at[@]}" clearance give "$NUMBER" --as oli
  expect 0 "${at[@]}" clearance give "$NUMBER" --as uma
  expect 0 "${at[@]}" submission submit "$NUMBER" --as ann
  expect 0 "${at[@]}" editorial assign "$NUMBER" eve --as max
  expect 0 "${at[@]}" editorial screen "$NUMBER" --outcome accept --as eve
  expect 0 "${at[@]}" editorial invite "$NUMBER" rita --as eve
  expect 0 "${at[@]}" review agree "$NUMBER" --as rita
}
build_house
house() {
  rm -rf 0 1
  cp -a house 0
  cp -a house 1
}
# searching submissions, which the production editor may, who sees neither reviews nor reviewers
staff_search_is_equal() {
  local query
  for query in rooms cool '"sound work"' doubt 'author:quist' rita '' 'secret' 'zzz*'; do same "$fact, to $1" search "$query" --submissions --explain --json --as "$1"; done
  for typed in coo qui sou secr; do same "$fact, to $1" suggest "$typed" --submissions --json --as "$1"; done
}
# what the people see who may not know
outsiders_see_nothing() {
  local person
  for person in "$@"; do
    same "$fact, to $person" submission show NUMBER --json --as "$person"
    same "$fact, to $person" submission show NUMBER --as "$person"
    same "$fact, to $person" submission list --json --as "$person"
    same "$fact, to $person" submission list --as "$person"
    same "$fact, to $person" review queue --json --as "$person"
    same "$fact, to $person" editorial queue --json --as "$person"
    same "$fact, to $person" clearance list --json --as "$person"
    same "$fact, to $person" review send NUMBER --recommendation accept --to-authors x --as "$person"
    same "$fact, to $person" editorial decide NUMBER --outcome accept --as "$person"
    same "$fact, to $person" submission withdraw NUMBER --as "$person" --reason ''
    same "$fact, to $person" submission reviews NUMBER --names --as "$person"
    same "$fact, to $person" overlap NUMBER --as "$person"
    same "$fact, to $person" who NUMBER --as "$person"
    staff_search_is_equal "$person"
  done
  same "$fact, to a visitor" who cool rooms --public --json
  for query in cool rooms 'cool rooms' quist; do same "$fact, to a visitor" search "$query" --public --json; done
}
send() { expect 0 in_world "$1" review send "$NUMBER" --recommendation "$3" --to-authors "$4" --competing-interests none --as "$2" ${5:+--to-editors "$5"}; }

fact='which reviewer is invited'
house
expect 0 in_world 0 editorial invite "$NUMBER" rex --as eve
expect 0 in_world 1 editorial invite "$NUMBER" ray --as eve
differs submission show NUMBER --as eve
outsiders_see_nothing ann ben oli zoe
staff_search_is_equal pia

fact='who reviewed'
expect 0 in_world 0 review agree "$NUMBER" --as rex
expect 0 in_world 1 review agree "$NUMBER" --as ray
for world in 0 1; do send $world rita accept 'Good.'; done
send 0 rex accept 'Sound work.'
send 1 ray accept 'Sound work.'
outsiders_see_nothing ann ben oli zoe
staff_search_is_equal pia
both editorial decide NUMBER --outcome accept --letter 'Accepted.' --as eve
differs submission show NUMBER --as eve
outsiders_see_nothing ann ben oli zoe
staff_search_is_equal pia

fact='a review that was sent, before the decision'
house
both editorial invite NUMBER rex --as eve
both review agree NUMBER --as rex
send 1 rita reject 'Not good.'
differs submission show NUMBER --as eve
outsiders_see_nothing ann ben oli zoe
staff_search_is_equal pia

fact='what a review recommends, before the decision'
send 0 rita accept 'Wonderful, and long: nothing to add to these many words.'
outsiders_see_nothing ann ben oli zoe
staff_search_is_equal pia

fact='a confidential word to the editors'
house
both editorial invite NUMBER rex --as eve
both review agree NUMBER --as rex
for world in 0 1; do send $world rex accept 'Sound work.'; done
send 0 rita accept 'Good.'
send 1 rita accept 'Good.' 'I doubt the second table, and so should you.'
differs submission show NUMBER --as eve
outsiders_see_nothing ann ben oli zoe
staff_search_is_equal pia
both editorial decide NUMBER --outcome accept --letter 'Accepted.' --as eve
outsiders_see_nothing ann ben oli zoe
staff_search_is_equal pia

fact='a submission that one is no part of'
house
printf 'Another one.' >another.txt
expect 0 in_world 1 submission new another.txt --title 'Secret plans' --author zoe --as zoe
outsiders_see_nothing ann ben
differs search secret --submissions --as pia
differs suggest secr --submissions --as pia

echo "two worlds: $compared comparisons, byte-equal"
