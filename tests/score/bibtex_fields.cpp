// SPDX-License-Identifier: GPL-3.0-or-later
#include "bibtex_fields.hpp"

#include <algorithm>

namespace colophon::score {
namespace {

using bib::FieldId;
using bib::WorkType;
using enum How;

constexpr std::array<FieldId, 3> one(FieldId field) { return {field, field, field}; }
constexpr std::array kContainer = {FieldId::container_title, FieldId::volume_title, FieldId::event_title};
constexpr std::array kNumber = {FieldId::issue, FieldId::number, FieldId::collection_number};

// clang-format off
// BibTeX and BibLaTeX; then what CSL, Zotero and JabRef call otherwise.
constexpr std::array kRows = {
    FieldRow{"subtitle", text, one(FieldId::subtitle)},
    FieldRow{"shorttitle", text, one(FieldId::short_title)}, FieldRow{"title-short", text, one(FieldId::short_title)},
    FieldRow{"journal", title, kContainer}, FieldRow{"journaltitle", title, kContainer}, FieldRow{"booktitle", title, kContainer},
    FieldRow{"container-title", title, kContainer}, FieldRow{"publicationtitle", title, kContainer},
    FieldRow{"proceedingstitle", title, kContainer}, FieldRow{"maintitle", title, kContainer}, FieldRow{"volume-title", title, kContainer},
    FieldRow{"shortjournal", text, one(FieldId::container_short)},
    FieldRow{"journalabbreviation", dense, {FieldId::container_short, FieldId::container_title, FieldId::container_title}},
    FieldRow{"volume", number, one(FieldId::volume)},
    FieldRow{"number", number, kNumber}, FieldRow{"issue", number, kNumber}, FieldRow{"collection-number", number, kNumber},
    FieldRow{"seriesnumber", number, kNumber}, FieldRow{"reportnumber", number, kNumber}, FieldRow{"patentnumber", number, kNumber},
    FieldRow{"pages", pages, {FieldId::page, FieldId::article_number, FieldId::number_of_pages}},
    FieldRow{"page", pages, {FieldId::page, FieldId::article_number, FieldId::page}},
    FieldRow{"eid", text, one(FieldId::article_number)},
    FieldRow{"part", text, one(FieldId::part_number)},
    FieldRow{"chapter", text, one(FieldId::chapter_number)}, FieldRow{"chapter-number", text, one(FieldId::chapter_number)},
    FieldRow{"edition", dense, one(FieldId::edition)}, FieldRow{"version", text, one(FieldId::version)},
    FieldRow{"series", dense, one(FieldId::collection_title)}, FieldRow{"collection-title", dense, one(FieldId::collection_title)},
    FieldRow{"seriestitle", dense, one(FieldId::collection_title)},
    FieldRow{"publisher", list, one(FieldId::publisher)}, FieldRow{"institution", list, one(FieldId::publisher)},
    FieldRow{"school", list, one(FieldId::publisher)}, FieldRow{"organization", list, one(FieldId::publisher)},
    FieldRow{"university", list, one(FieldId::publisher)}, FieldRow{"address", list, one(FieldId::publisher_place)},
    FieldRow{"location", list, {FieldId::publisher_place, FieldId::event_place, FieldId::publisher_place}}, FieldRow{"publisher-place", list, one(FieldId::publisher_place)},
    FieldRow{"place", list, {FieldId::publisher_place, FieldId::event_place, FieldId::place}},
    FieldRow{"eventtitle", text, one(FieldId::event_title)}, FieldRow{"conferencename", title, kContainer},
    FieldRow{"venue", text, one(FieldId::event_place)}, FieldRow{"event-place", text, one(FieldId::event_place)},
    FieldRow{"date", date, one(FieldId::issued)}, FieldRow{"issued", date, one(FieldId::issued)},
    FieldRow{"year", year, one(FieldId::issued)}, FieldRow{"month", month, one(FieldId::issued)},
    FieldRow{"eventdate", date, one(FieldId::event_date)}, FieldRow{"event-date", date, one(FieldId::event_date)},
    FieldRow{"origdate", date, one(FieldId::original_date)}, FieldRow{"original-date", date, one(FieldId::original_date)},
    FieldRow{"urldate", date, one(FieldId::accessed)}, FieldRow{"accessed", date, one(FieldId::accessed)},
    FieldRow{"accessdate", date, one(FieldId::accessed)},
    FieldRow{"eventyear", year, one(FieldId::event_date)}, FieldRow{"origyear", year, one(FieldId::original_date)},
    FieldRow{"urlyear", year, one(FieldId::accessed)}, FieldRow{"eventmonth", month, one(FieldId::event_date)},
    FieldRow{"origmonth", month, one(FieldId::original_date)}, FieldRow{"urlmonth", month, one(FieldId::accessed)},
    FieldRow{"doi", code, one(FieldId::doi)}, FieldRow{"isbn", code, {FieldId::isbn, FieldId::issn, FieldId::isbn}}, FieldRow{"issn", code, {FieldId::issn, FieldId::isbn, FieldId::issn}},
    FieldRow{"pmid", code, one(FieldId::pmid)}, FieldRow{"pmcid", code, one(FieldId::pmcid)}, FieldRow{"url", code, one(FieldId::url)},
    FieldRow{"eprint", code, {FieldId::arxiv, FieldId::pmid, FieldId::handle}},
    FieldRow{"abstract", dense, one(FieldId::abstract)}, FieldRow{"abstractnote", dense, one(FieldId::abstract)},
    FieldRow{"keywords", list, one(FieldId::keyword)}, FieldRow{"keyword", list, one(FieldId::keyword)},
    FieldRow{"tags", list, one(FieldId::keyword)},
    FieldRow{"language", language, one(FieldId::language)}, FieldRow{"langid", language, one(FieldId::language)},
    FieldRow{"note", dense, {FieldId::note, FieldId::medium, FieldId::annotation}},
    FieldRow{"addendum", dense, one(FieldId::note)},
    FieldRow{"annotation", dense, one(FieldId::annotation)}, FieldRow{"annote", dense, one(FieldId::annotation)},
    FieldRow{"genre", dense, one(FieldId::genre)}, FieldRow{"type", dense, one(FieldId::genre)},
    FieldRow{"howpublished", dense, {FieldId::medium, FieldId::url, FieldId::genre}},
    FieldRow{"pubstate", text, one(FieldId::status)},
    FieldRow{"pagetotal", number, one(FieldId::number_of_pages)}, FieldRow{"numpages", number, one(FieldId::number_of_pages)},
    FieldRow{"number-of-pages", number, one(FieldId::number_of_pages)},
    FieldRow{"volumes", number, one(FieldId::number_of_volumes)}, FieldRow{"numberofvolumes", number, one(FieldId::number_of_volumes)},
    FieldRow{"number-of-volumes", number, one(FieldId::number_of_volumes)},
};

struct Role { std::string_view name; FieldId field; };
constexpr std::array kRoles = {Role{"author", FieldId::author}, Role{"editor", FieldId::editor}, Role{"translator", FieldId::translator}};

struct ZoteroType { std::string_view name; std::array<WorkType, 4> ours; };
constexpr std::array kZotero = {
    ZoteroType{"journalArticle", {WorkType::article, WorkType::review, WorkType::preprint, WorkType::article}},
    ZoteroType{"magazineArticle", {WorkType::magazine_article, WorkType::article, WorkType::article, WorkType::article}},
    ZoteroType{"newspaperArticle", {WorkType::newspaper_article, WorkType::article, WorkType::article, WorkType::article}},
    ZoteroType{"book", {WorkType::book, WorkType::proceedings, WorkType::manual, WorkType::report}},
    ZoteroType{"bookSection", {WorkType::chapter, WorkType::chapter, WorkType::chapter, WorkType::chapter}},
    ZoteroType{"conferencePaper", {WorkType::conference_paper, WorkType::abstract, WorkType::conference_paper, WorkType::conference_paper}},
    ZoteroType{"thesis", {WorkType::thesis, WorkType::thesis, WorkType::thesis, WorkType::thesis}},
    ZoteroType{"report", {WorkType::report, WorkType::working_paper, WorkType::policy_brief, WorkType::manual}},
    ZoteroType{"webpage", {WorkType::web_page, WorkType::other, WorkType::web_page, WorkType::web_page}},
    ZoteroType{"patent", {WorkType::patent, WorkType::patent, WorkType::patent, WorkType::patent}},
};
// clang-format on

}  // namespace

const FieldRow* field_row(std::string_view name) {
  const auto found = std::ranges::find(kRows, name, &FieldRow::name);
  return found == kRows.end() ? nullptr : &*found;
}

std::optional<bib::FieldId> role_named(std::string_view role) {
  const auto found = std::ranges::find(kRoles, role, &Role::name);
  if (found == kRoles.end()) return std::nullopt;
  return found->field;
}

bool zotero_type_fits(std::string_view type, bib::WorkType ours) {
  const auto found = std::ranges::find(kZotero, type, &ZoteroType::name);
  return found == kZotero.end() || std::ranges::find(found->ours, ours) != found->ours.end();
}

}  // namespace colophon::score
