#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kept searches tell of new works only; synonyms, suggestions, the thesaurus and the help where nothing is found, as people meet them.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"

expect 0 colophon init library --name 'Test library' --access public --time-zone Europe/Berlin
export COLOPHON_LIBRARY=$FOLDER/library
entry() { printf '@techreport{%s, title={%s}, author={Rao, Uma}, institution={ICLEI}, year={%s}}\n' "$1" "$2" "$3"; }
entry a 'Heat plans of cities' 2024 >a.bib
entry b 'Hitzewelle in Bonn' 2025 >b.bib
entry c 'Flood walls' 2025 >c.bib
expect 0 colophon add a.bib

# --- kept searches: in the language of queries, with what is new since the last run ---------------------------------
expect 0 colophon saved add heat '~"heat wave" OR heat'
expect 5 colophon saved add heat flood
says 'there is a saved search “heat” already' err.txt
expect 0 colophon saved add 'two words' flood year:201x
says 'note: “201x” is no year' err.txt
expect 0 colophon saved list
says '~"heat wave" OR heat'
expect 1 colophon saved run heat
says 'heat: nothing new'
sleep 0.01
expect 0 colophon add b.bib c.bib
expect 0 colophon saved run heat --keep
says 'heat: 1 work new'
says 'Hitzewelle in Bonn'
says_not 'Heat plans'
expect 0 colophon saved run --json
says '"title":"Hitzewelle in Bonn"'
expect 1 colophon saved run
says 'heat: nothing new'
expect 0 colophon saved remove 'two words'
expect 3 colophon saved run 'two words'
says 'there is no saved search “two words”' err.txt

# --- synonyms are told --------------------------------------------------------------------------------------------------
expect 0 colophon search '~"heat wave"'
says 'note: “heat wave” also stands for: Hitzewelle, ola de calor' err.txt
says 'Hitzewelle in Bonn'
expect 1 colophon search '"heat wave"'
expect 0 colophon search --explain '~heat'
says '0.7' err.txt

# --- spelling, and what to do where nothing is found ------------------------------------------------------------------
expect 1 colophon search flod
says 'Did you mean flood? (1 work)' err.txt
expect 1 colophon search heat flood
says 'without heat: 1 work' err.txt

# --- suggestions ----------------------------------------------------------------------------------------------------------
expect 0 colophon suggest flo
says 'Flood walls'
expect 0 colophon suggest uma ra
says 'author:"Uma Rao"'
expect 0 colophon suggest 'heat wa' --json
says '"kind":"concept","text":"heat wave"'
expect 1 colophon suggest zz

# --- vocabularies ---------------------------------------------------------------------------------------------------------
cat >own.ttl <<'TTL'
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:x:wall> skos:prefLabel "dyke"@en, "Deich"@de ; skos:altLabel "flood wall"@en .
TTL
expect 0 colophon thesaurus load own.ttl
says 'loaded own: 1 concept'
expect 0 colophon search '~dyke'
says 'Flood walls'
# its concepts are counted at once, and as many as are counted are found
expect 0 colophon search flood --facet concept
says 'dyke 1'
expect 0 colophon search flood --facet concept --json
says '{"value":"urn:x:wall","count":1,"label":"dyke"}'
expect 0 colophon search concept:deich
says '1 work'
expect 0 colophon verify
expect 0 colophon thesaurus show heat wave
says 'canicule'
expect 0 colophon thesaurus remove own
expect 1 colophon search '~dyke'
expect 0 colophon search flood --facet concept
says_not 'dyke'
printf '<?xml version="1.0"?><rdf:RDF/>' >old.rdf
expect 6 colophon thesaurus load old.rdf
says 'rapper -i rdfxml' err.txt
