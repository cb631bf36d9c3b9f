#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A search is followed as an Atom feed: well-formed, its entries named for good, untouched by what is not public.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
command -v curl xmllint >/dev/null || { echo 'note: no curl or xmllint, feeds are not read'; exit 0; }

cat >works.bib <<'BIB'
@article{one, title={Heat {\&} \textless dust\textgreater{} ]]> in “cities”}, author={Müller, Änne}, year=2024}
@article{two, title={Floods}, author={Okafor, Ngozi}, year=2022}
BIB
expect 0 colophon init library --name 'Cities & <Risk>' --access public
export COLOPHON_LIBRARY=$FOLDER/library
expect 0 colophon add works.bib
serve

# at XPATH: what the feed in feed.xml has there
at() { xmllint --nonet --xpath "$1" feed.xml; }

curl -s -D headers.txt -o feed.xml "$url/search.atom?q=heat"
xmllint --nonet --noout feed.xml || stop 'the feed is not well-formed'
[[ $(at "local-name(/*)") == feed ]] || stop 'no feed'
[[ $(at "count(//*[local-name()='entry'])") == 1 ]] || stop 'one work was asked for'
[[ $(at "string(//*[local-name()='entry']/*[local-name()='title'])") == 'Heat & <dust> ]]> in “cities”' ]] || { at '//*' >out.txt; stop 'the title is not what it was'; }
# RFC 4287, sections 4.1.1 and 4.1.2: what every feed and every entry has, once
for element in id title updated; do
  [[ $(at "count(/*/*[local-name()='$element'])") == 1 && $(at "count(//*[local-name()='entry']/*[local-name()='$element'])") == 1 ]] || stop "$element is missing"
done
[[ $(at "count(/*/*[local-name()='link' and @rel='self'])") == 1 && $(at "count(/*/*[local-name()='author']/*[local-name()='name'])") == 1 ]] || stop 'no link to itself, or no author'
[[ $(at "string(//*[local-name()='entry']/*[local-name()='id'])") =~ ^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$ ]] || stop 'the id is no UUID'
[[ $(at "string(//*[local-name()='entry']/*[local-name()='updated'])") =~ ^[0-9-]{10}T[0-9:.]+Z$ ]] || stop 'no instant'
# who has it is not sent it again
tag=$(grep -i '^etag:' headers.txt | tr -d '\r' | cut -d' ' -f2)
[[ $(curl -s -o out.txt -w '%{http_code}' -H "If-None-Match: $tag" "$url/search.atom?q=heat") == 304 ]] || stop 'the feed is sent again'
# the page names its feed
curl -s -o out.txt "$url/search?q=heat"
says '<link rel="alternate" type="application/atom+xml"'
says '>Follow this search</a>'
# a new work is in the feed of everything, and the names of the others stay
curl -s -o feed.xml "$url/search.atom"
before=$(at "//*[local-name()='entry']/*[local-name()='id']" | grep -o 'urn:uuid:[^<]*' | sort)
printf '@article{three, title={Droughts}, author={Doe, Jane}, year=2020}\n' >more.bib
expect 0 colophon add more.bib
curl -s -o feed.xml "$url/search.atom"
after=$(at "//*[local-name()='entry']/*[local-name()='id']" | grep -o 'urn:uuid:[^<]*' | sort)
[[ $(wc -l <<<"$before") == 2 && $(wc -l <<<"$after") == 3 && -z $(comm -23 <(echo "$before") <(echo "$after")) ]] || stop 'names of entries do not stay'
