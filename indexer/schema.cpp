// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/schema.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace colophon::indexer {
namespace {

using enum Match;
using enum bib::FieldId;
constexpr Stems kStems = Stems::yes;
constexpr Stems kPlain = Stems::no;
constexpr Facet kFacet = Facet::yes;
constexpr Facet kNoFacet = Facet::no;
constexpr Slot kNoSlot = Slot::none;
constexpr std::size_t kLongestValue = 160;

// clang-format off
constexpr std::array kRows = {
    Row{"author",     "by",       {bib::FieldId::author, editor, translator, contributor}, "A", both, 1, kPlain, kNoSlot, kNoFacet, "a name of an author, editor or translator, person or organisation; or an ORCID iD", "author:meerow"},
    Row{"title",      "",         {bib::FieldId::title, subtitle, translated_title, short_title, volume_title}, "S", words, 3, kStems, kNoSlot, kNoFacet, "words of the title or a translated title", "title:resilience"},
    Row{"year",       "",         {issued}, "Y", Match::year, 0, kPlain, Slot::year, kFacet, "the year of publication, or a range of years", "year:2015..2020"},
    Row{"date",       "",         {}, "XDT", Match::date, 0, kPlain, Slot::date, kNoFacet, "when it was published: a date, a range of dates, or a time such as last month, this year, last 90 days", "date:\"last month\""},
    Row{"type",       "",         {}, "XT", value, 0, kPlain, Slot::type, kFacet, "the kind of work: article, report, policy-brief, thesis …", "type:policy-brief"},
    Row{"language",   "lang",     {bib::FieldId::language}, "L", value, 0, kPlain, Slot::language, kFacet, "the language as a code or in words", "lang:es"},
    Row{"project",    "",         {bib::FieldId::project}, "XPR", both, 1, kPlain, Slot::project, kFacet, "words of the project that the work came from", "project:\"urban heat\""},
    Row{"place",      "",         {bib::FieldId::place}, "XPL", both, 1, kPlain, Slot::place, kFacet, "a city, country or region that the work is about", "place:bonn"},
    Row{"abstract",   "",         {bib::FieldId::abstract}, "XAB", words, 1, kStems, kNoSlot, kNoFacet, "words of the abstract", "abstract:flood"},
    Row{"keyword",    "subject",  {bib::FieldId::keyword, bib::FieldId::subject}, "K", both, 2, kStems, kNoSlot, kNoFacet, "words of the keywords and subjects", "keyword:\"nature-based solutions\""},
    Row{"partner",    "affiliation", {}, "XPA", both, 0, kPlain, kNoSlot, kNoFacet, "an organisation among the authors, their affiliations or the publisher; a partner is found under each of its names", "partner:unu-ehs"},
    Row{"concept",    "",         {}, "XTH", concept_name, 0, kPlain, kNoSlot, kFacet, "a concept of the thesaurus, or a narrower one, under any of its names, in any language", "concept:\"heat wave\""},
    Row{"series",     "",         {collection_title}, "XSE", both, 1, kStems, kNoSlot, kNoFacet, "words of the series", "series:briefing"},
    Row{"number",     "",         {bib::FieldId::number, collection_number, article_number}, "XNO", value, 0, kPlain, kNoSlot, kNoFacet, "the number of the work or of its place in the series", "number:14"},
    Row{"journal",    "container", {container_title, container_short}, "XJ", both, 1, kStems, kNoSlot, kNoFacet, "words of the journal, book or proceedings that the work is in", "journal:\"environmental research\""},
    Row{"publisher",  "",         {bib::FieldId::publisher}, "XPU", both, 1, kPlain, kNoSlot, kNoFacet, "words of the publisher's name", "publisher:iclei"},
    Row{"event",      "",         {event_title, event_place}, "XEV", words, 1, kStems, kNoSlot, kNoFacet, "words of the conference or event and its place", "event:congress"},
    Row{"funder",     "grant",    {funding}, "XFU", words, 1, kPlain, kNoSlot, kNoFacet, "words of the funder's name, or the award's number", "funder:horizon"},
    Row{"note",       "",         {bib::FieldId::note, genre, medium, status}, "XNT", words, 1, kStems, kNoSlot, kNoFacet, "words of the notes", "note:erratum"},
    Row{"access",     "",         {bib::FieldId::access}, "XAC", value, 0, kPlain, kNoSlot, kNoFacet, "who may read the full text: open, signed-in", "access:open"},
    Row{"license",    "licence",  {bib::FieldId::license}, "XLI", value, 0, kPlain, kNoSlot, kNoFacet, "the licence", "license:cc-by-4.0"},
    Row{"is",         "",         {}, "XIS", value, 0, kPlain, kNoSlot, kNoFacet, "a state: incomplete (no title, author or year), full-text (its text can be searched)", "is:incomplete"},
    Row{"reviewed",   "",         {peer_reviewed}, "XPE", value, 0, kPlain, kNoSlot, kNoFacet, "whether it was peer reviewed", "reviewed:yes"},
    Row{"reference",  "cites",    {bib::FieldId::reference}, kReferencePrefix, both, 0, kPlain, kNoSlot, kNoFacet, "words of the list of references, or a DOI in it", "cites:holling"},
    Row{"doi",        "",         {bib::FieldId::doi}, "XDOI", value, 0, kPlain, Slot::doi, kNoFacet, "the DOI", "doi:10.1000/182"},
    Row{"isbn",       "",         {bib::FieldId::isbn}, "XISBN", value, 0, kPlain, kNoSlot, kNoFacet, "the ISBN, ten or thirteen digits", "isbn:9783161484100"},
    Row{"issn",       "",         {bib::FieldId::issn}, "XISSN", value, 0, kPlain, kNoSlot, kNoFacet, "the ISSN", "issn:2049-3630"},
    Row{"identifier", "",         {arxiv, pmid, pmcid, handle, url}, "XID", value, 0, kPlain, kNoSlot, kNoFacet, "an arXiv, PubMed or Handle identifier, or the link", "identifier:2101.00001"},
    Row{"key",        "",         {citation_key}, "XKEY", value, 0, kPlain, kNoSlot, kNoFacet, "the citation key", "key:meerow2016"},
    Row{"family",     "",         {}, "XFAM", value, 0, kPlain, Slot::family, kNoFacet, "all versions of a work, by an identifier of any of them", "family:10.1000/182"},
    Row{"id",         "",         {}, "Q", value, 0, kPlain, Slot::id, kNoFacet, "the work's id", "id:ab3k9"},
};

constexpr std::array kNotIndexed = {
    NotIndexed{volume,            "a number that says nothing without its journal"},
    NotIndexed{issue,             "a number that says nothing without its journal"},
    NotIndexed{page,              "a number that says nothing without its journal"},
    NotIndexed{part_number,       "a number that says nothing without its work"},
    NotIndexed{chapter_number,    "a number that says nothing without its book"},
    NotIndexed{edition,           "a number that says nothing without its book"},
    NotIndexed{version,           "a number that says nothing without its work"},
    NotIndexed{publisher_place,   "where the publisher sits is not what a work is about"},
    NotIndexed{event_date,        "years are asked for by the year of issue"},
    NotIndexed{original_date,     "years are asked for by the year of issue"},
    NotIndexed{submitted,         "years are asked for by the year of issue"},
    NotIndexed{received,          "years are asked for by the year of issue"},
    NotIndexed{accepted,          "years are asked for by the year of issue"},
    NotIndexed{accessed,          "years are asked for by the year of issue"},
    NotIndexed{available,         "years are asked for by the year of issue"},
    NotIndexed{number_of_pages,   "nobody searches for it"},
    NotIndexed{number_of_volumes, "nobody searches for it"},
    NotIndexed{annotation,        "a person's own remarks about the work"},
    NotIndexed{copyright,         "boilerplate that matches everything"},
    NotIndexed{related,           "relations are followed in the store"},
    NotIndexed{extra,             "of no known meaning"},
};
// clang-format on

constexpr int times_listed(bib::FieldId id) {
  int count = 0;
  for (const Row& row : kRows) count += static_cast<int>(std::count(row.fields.begin(), row.fields.end(), id));
  for (const NotIndexed& row : kNotIndexed) count += row.field == id;
  return count;
}

constexpr bool each_field_once() {
  for (std::size_t i = 0; i <= static_cast<std::size_t>(extra); ++i) {
    if (times_listed(static_cast<bib::FieldId>(i)) != 1) return false;
  }
  return true;
}
static_assert(each_field_once(), "every field is indexed by one row or stands among those that are not");

}  // namespace

std::span<const Row> rows() { return kRows; }
std::span<const NotIndexed> not_indexed() { return kNotIndexed; }

Positions positions_of(const Row& row) { return row.prefix == kReferencePrefix ? Positions::no : Positions::yes; }

bool kept_of_references(std::string_view folded) {
  const bool number = folded.find_first_not_of("0123456789.,") == std::string_view::npos;
  return !number || (folded.size() == 4 && (folded.starts_with("1") || folded.starts_with("20")));
}

const Row* row_named(std::string_view name) {
  const auto found = std::ranges::find_if(
      kRows, [&](const Row& row) { return iequals(row.name, name) || (!row.alias.empty() && iequals(row.alias, name)); });
  return found == kRows.end() ? nullptr : &*found;
}

const Row* row_of(bib::FieldId field) {
  const auto found =
      std::ranges::find_if(kRows, [&](const Row& row) { return std::ranges::find(row.fields, field) != row.fields.end(); });
  return found == kRows.end() ? nullptr : &*found;
}

std::string value_term(const Row& row, std::string_view value) {
  std::string key = squeeze(fold(value));
  if (key.size() > kLongestValue) key = key.substr(0, kLongestValue - 64) + sha256(key).hex();
  return std::string(row.prefix) + ":" + key;
}

}  // namespace colophon::indexer
