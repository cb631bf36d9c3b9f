// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/bibtex/known_fields.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/bibtex/mapping.hpp"

namespace colophon::formats::bibtex {
namespace {

// Fields of BibLaTeX's data model (manual 3.19, section 2.2) and of programs that people use, beyond those of mapping.cpp.
// clang-format off
constexpr std::array<std::string_view, 136> kMore = {
    // BibLaTeX
    "abstract", "afterword", "annotator", "author+an", "authortype", "bookauthor", "bookpagination", "booktitleaddon", "commentator", "editora",
    "editoratype", "editorb", "editorbtype", "editorc", "editorctype", "editortype", "entryset", "eventtitleaddon", "execute", "foreword", "gender",
    "holder", "indexsorttitle", "indextitle", "introduction", "isan", "ismn", "isrn", "issuesubtitle", "issuetitleaddon", "iswc",
    "journaltitleaddon", "label", "langidopts", "library", "mainsubtitle", "maintitleaddon", "nameaddon", "nameaddon", "origlanguage",
    "origlocation", "origpublisher", "origtitle", "pagination", "pdf", "presort", "relatedoptions", "relatedstring", "reprinttitle", "shortauthor",
    "shorteditor", "shorthand", "shorthandintro", "shortseries", "sortkey", "sortname", "sortshorthand", "sorttitle", "sortyear", "urlday", "urlmonth",
    "urlyear", "usera", "userb", "userc", "userd", "usere", "userf", "namea", "nameb", "namec", "lista", "listb", "listc", "listd", "liste", "listf",
    "verba", "verbb", "verbc", "crossref", "keywords", "authors", "urltype", "eprintnoclass",
    // programs: JabRef, BibDesk, Mendeley, Zotero, EndNote, publishers
    "comment", "review", "readstatus", "ranking", "priority", "printed", "qualityassured", "relevance", "creationdate", "modificationdate", "citeseerurl", "date-added",
    "date-modified", "bdsk-url-1", "bdsk-url-2", "bdsk-url-3", "bdsk-file-1", "bdsk-file-2", "bdsk-file-3", "__markedentry", "rating", "read",
    "nourl", "citationkey", "collection", "collections", "issue_date", "acmid", "affiliation", "unique-id", "researcherid-numbers", "orcid", "orcid-numbers",
    "journalabr", "fjournal", "journal-url", "issn-l", "remark", "acknowledgement", "bibdate",
    "keywords-plus", "times-cited", "article_number", "lccn", "mrnumber", "zbl", "coden", "refid", "citedby", "creator", "shorttitle",
};
// clang-format on

}  // namespace

bool is_known_field(std::string_view name) {
  if (mapping_of(name) || std::ranges::find(kMore, name) != kMore.end()) return true;
  return name.starts_with("bdsk-") || name.starts_with("jcr") || name.ends_with("+an") || name.starts_with("__");
}

// One letter wrong, missing, too much or two swapped, in the first 24.
std::string_view near_field(std::string_view name) {
  if (name.size() < 4 || name.size() > 24) return {};
  for (const FieldMapping& field : field_mappings()) {
    const std::size_t longer = std::max(field.name.size(), name.size()), shorter = std::min(field.name.size(), name.size());
    if (longer - shorter <= 1 && field.name.size() >= 4 && edit_distance(name, field.name) == 1) return field.name;
  }
  return {};
}

}  // namespace colophon::formats::bibtex
