// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/fields.hpp"

#include <array>

namespace colophon::bib {
namespace {

using enum FieldKind;
constexpr Cardinality kOne = Cardinality::one;
constexpr Cardinality kMany = Cardinality::many;
constexpr FoldRule kBest = FoldRule::best;
constexpr FoldRule kUnite = FoldRule::unite;

// clang-format off
constexpr std::array kFields = {
    FieldRow{FieldId::title,             "title",             rich,    kOne,  kBest,  "title",                   "Title"},
    FieldRow{FieldId::subtitle,          "subtitle",          rich,    kOne,  kBest,  "",                        "Subtitle"},
    FieldRow{FieldId::translated_title,  "translated_title",  rich,    kMany, kUnite, "",                        "Translated title"},
    FieldRow{FieldId::short_title,       "short_title",       rich,    kOne,  kBest,  "title-short",             "Short title"},
    FieldRow{FieldId::author,            "author",            names,   kOne,  kBest,  "author",                  "Authors"},
    FieldRow{FieldId::editor,            "editor",            names,   kOne,  kBest,  "editor",                  "Editors"},
    FieldRow{FieldId::translator,        "translator",        names,   kOne,  kBest,  "translator",              "Translators"},
    FieldRow{FieldId::contributor,       "contributor",       names,   kOne,  kBest,  "contributor",             "Contributors"},
    FieldRow{FieldId::issued,            "issued",            date,    kOne,  kBest,  "issued",                  "Date"},
    FieldRow{FieldId::container_title,   "container_title",   rich,    kOne,  kBest,  "container-title",         "Published in"},
    FieldRow{FieldId::container_short,   "container_short",   text,    kOne,  kBest,  "container-title-short",   "Abbreviated journal"},
    FieldRow{FieldId::volume_title,      "volume_title",      rich,    kOne,  kBest,  "volume-title",            "Volume title"},
    FieldRow{FieldId::volume,            "volume",            code,    kOne,  kBest,  "volume",                  "Volume"},
    FieldRow{FieldId::issue,             "issue",             code,    kOne,  kBest,  "issue",                   "Issue"},
    FieldRow{FieldId::page,              "page",              code,    kOne,  kBest,  "page",                    "Pages"},
    FieldRow{FieldId::article_number,    "article_number",    code,    kOne,  kBest,  "",                        "Article number"},
    FieldRow{FieldId::number,            "number",            code,    kOne,  kBest,  "number",                  "Number"},
    FieldRow{FieldId::part_number,       "part_number",       code,    kOne,  kBest,  "part-number",             "Part"},
    FieldRow{FieldId::chapter_number,    "chapter_number",    code,    kOne,  kBest,  "chapter-number",          "Chapter"},
    FieldRow{FieldId::edition,           "edition",           code,    kOne,  kBest,  "edition",                 "Edition"},
    FieldRow{FieldId::version,           "version",           code,    kOne,  kBest,  "version",                 "Version"},
    FieldRow{FieldId::collection_title,  "collection_title",  rich,    kOne,  kBest,  "collection-title",        "Series"},
    FieldRow{FieldId::collection_number, "collection_number", code,    kOne,  kBest,  "collection-number",       "Number in series"},
    FieldRow{FieldId::publisher,         "publisher",         text,    kMany, kBest,  "publisher",               "Publisher"},
    FieldRow{FieldId::publisher_place,   "publisher_place",   text,    kMany, kBest,  "publisher-place",         "Place of publication"},
    FieldRow{FieldId::event_title,       "event_title",       text,    kOne,  kBest,  "event-title",             "Event"},
    FieldRow{FieldId::event_place,       "event_place",       text,    kOne,  kBest,  "event-place",             "Place of event"},
    FieldRow{FieldId::event_date,        "event_date",        date,    kOne,  kBest,  "event-date",              "Date of event"},
    FieldRow{FieldId::original_date,     "original_date",     date,    kOne,  kBest,  "original-date",           "First published"},
    FieldRow{FieldId::submitted,         "submitted",         date,    kOne,  kBest,  "submitted",               "Submitted"},
    FieldRow{FieldId::received,          "received",          date,    kOne,  kBest,  "",                        "Received"},
    FieldRow{FieldId::accepted,          "accepted",          date,    kOne,  kBest,  "",                        "Accepted"},
    FieldRow{FieldId::accessed,          "accessed",          date,    kOne,  kBest,  "accessed",                "Accessed"},
    FieldRow{FieldId::available,         "available",         date,    kOne,  kBest,  "available-date",          "Available"},
    FieldRow{FieldId::genre,             "genre",             text,    kOne,  kBest,  "genre",                   "Kind"},
    FieldRow{FieldId::medium,            "medium",            text,    kOne,  kBest,  "medium",                  "Medium"},
    FieldRow{FieldId::status,            "status",            text,    kOne,  kBest,  "status",                  "Status"},
    FieldRow{FieldId::number_of_pages,   "number_of_pages",   code,    kOne,  kBest,  "number-of-pages",         "Number of pages"},
    FieldRow{FieldId::number_of_volumes, "number_of_volumes", code,    kOne,  kBest,  "number-of-volumes",       "Number of volumes"},
    FieldRow{FieldId::doi,               "doi",               code,    kMany, kUnite, "DOI",                     "DOI"},
    FieldRow{FieldId::isbn,              "isbn",              code,    kMany, kUnite, "ISBN",                    "ISBN"},
    FieldRow{FieldId::issn,              "issn",              code,    kMany, kUnite, "ISSN",                    "ISSN"},
    FieldRow{FieldId::arxiv,             "arxiv",             code,    kMany, kUnite, "",                        "arXiv"},
    FieldRow{FieldId::pmid,              "pmid",              code,    kMany, kUnite, "PMID",                    "PubMed"},
    FieldRow{FieldId::pmcid,             "pmcid",             code,    kMany, kUnite, "PMCID",                   "PubMed Central"},
    FieldRow{FieldId::handle,            "handle",            code,    kMany, kUnite, "",                        "Handle"},
    FieldRow{FieldId::url,               "url",               code,    kMany, kUnite, "URL",                     "Link"},
    FieldRow{FieldId::abstract,          "abstract",          rich,    kMany, kBest,  "abstract",                "Abstract"},
    FieldRow{FieldId::keyword,           "keyword",           text,    kMany, kUnite, "keyword",                 "Keywords"},
    FieldRow{FieldId::subject,           "subject",           text,    kMany, kUnite, "",                        "Subjects"},
    FieldRow{FieldId::language,          "language",          code,    kMany, kBest,  "language",                "Language"},
    FieldRow{FieldId::note,              "note",              rich,    kMany, kUnite, "note",                    "Note"},
    FieldRow{FieldId::annotation,        "annotation",        rich,    kMany, kUnite, "annote",                  "Annotation"},
    FieldRow{FieldId::license,           "license",           code,    kOne,  kBest,  "license",                 "Licence"},
    FieldRow{FieldId::copyright,         "copyright",         text,    kOne,  kBest,  "",                        "Copyright"},
    FieldRow{FieldId::access,            "access",            code,    kOne,  kBest,  "",                        "Access"},
    FieldRow{FieldId::peer_reviewed,     "peer_reviewed",     code,    kOne,  kBest,  "",                        "Peer reviewed"},
    FieldRow{FieldId::funding,           "funding",           funding, kMany, kUnite, "",                        "Funding"},
    FieldRow{FieldId::project,           "project",           text,    kMany, kUnite, "",                        "Project"},
    FieldRow{FieldId::place,             "place",             text,    kMany, kUnite, "",                        "Place"},
    FieldRow{FieldId::related,           "related",           link,    kMany, kUnite, "",                        "Related"},
    FieldRow{FieldId::reference,         "reference",         link,    kMany, kBest,  "references",              "References"},
    FieldRow{FieldId::citation_key,      "citation_key",      code,    kOne,  kBest,  "citation-key",            "Citation key"},
    FieldRow{FieldId::extra,             "extra",             extra,   kMany, kUnite, "",                        "Further fields"},
};
// clang-format on

constexpr bool in_order() {
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (static_cast<std::size_t>(kFields[i].id) != i) return false;
  }
  return kFields.size() == static_cast<std::size_t>(FieldId::extra) + 1;
}
static_assert(in_order(), "a row for each field, in the order of the enumeration");

}  // namespace

std::span<const FieldRow> fields() { return kFields; }
const FieldRow& row(FieldId id) { return kFields[static_cast<std::size_t>(id)]; }

std::optional<FieldId> field_named(std::string_view name) {
  for (const FieldRow& r : kFields) {
    if (r.name == name) return r.id;
  }
  return std::nullopt;
}

}  // namespace colophon::bib
