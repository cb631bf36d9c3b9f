// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "bib/fields.hpp"
#include "bib/work_type.hpp"
#include "formats/bibtex/tex.hpp"

namespace colophon::formats::bibtex {

/// How the text of a BibTeX field becomes the value of ours (and back): see reader.cpp and writer.cpp for one function each.
enum class Form : std::uint8_t {
  title,  ///< rich text, inner braces protect case
  rich,   ///< rich text, braces only group
  text,   ///< plain text
  list,   ///< plain texts parted by "and"
  names,  ///< a list of names
  date,   ///< EDTF
  year,   ///< with month and day, the date of issue
  month,
  day,
  pages,       ///< ranges with an en dash
  code,        ///< plain text
  number,      ///< issue, number or number in series, by the type of entry
  identifier,  ///< one or several, parted by comma, semicolon or slash, checked
  eprint,      ///< arXiv, PubMed … by eprinttype
  eprint_type,
  url,           ///< verbatim
  how,           ///< howpublished: a link or words
  keywords,      ///< parted by comma or semicolon
  language,      ///< a babel name or BCP 47 tag
  genre,         ///< kind of work, a word of BibLaTeX's bibstrings or free text
  subtype,       ///< names our type of work
  subcontainer,  ///< subtitle of the book or journal
  main_title,    ///< title of the work in several volumes
  funding,
  link,    ///< citation keys of other works
  parent,  ///< crossref and xdata: computed, kept as links
  extra,   ///< kept as it is, knowingly
};

/// One field of BibTeX (btxdoc.tex section 3.2) or BibLaTeX (manual 3.19, section 2.2), or one that we write. Several rows may name one
/// field of ours: the first is the one that is written.
struct FieldMapping {
  std::string_view name;  ///< lower case
  bib::FieldId field;
  Form form;
};
std::span<const FieldMapping> field_mappings();
/// By name in any case; null for a field that has no place.
const FieldMapping* mapping_of(std::string_view name);
/// The row by which a field of ours is written, or null.
const FieldMapping* mapping_of(bib::FieldId field);

/// One type of entry.
struct TypeMapping {
  std::string_view name;  ///< lower case
  bib::WorkType type;
  std::string_view genre;  ///< what the type says beyond ours: "PhD thesis"
};
std::span<const TypeMapping> type_mappings();
const TypeMapping* mapping_of_type(std::string_view name);
/// The type of entry under which a type of ours is written.
std::string_view entry_type_of(bib::WorkType type, Dialect dialect = Dialect::bibtex);
/// "number" is the issue of a journal for these types, the number in the series for books and their parts, else the work's own.
bool has_issues(bib::WorkType type);
bool is_bookish(bib::WorkType type);
/// The type that a genre names: "Policy Brief" gives policy_brief.
std::optional<bib::WorkType> type_of_genre(std::string_view genre);
/// BibLaTeX's bibstrings for kinds of work: "phdthesis" gives "PhD thesis"; else empty.
std::string_view genre_of_bibstring(std::string_view word);
/// The other way round; empty when there is none.
std::string_view bibstring_of_genre(std::string_view genre);
/// babel's name of a language by its tag ("pt-BR" gives "brazilian"), such that language_tag() gives the tag again; empty when unknown.
std::string_view babel_name(std::string_view tag);
/// The journal that a macro of the standard styles (plain.bst) stands for where the file does not define it: "jacm"; else empty.
std::string_view journal_of_macro(std::string_view name);
/// BCP 47 tag of a babel or polyglossia name, an ISO 639-2 code or a tag; empty when unknown.
std::string_view language_tag(std::string_view word);
/// 1 to 12 by a month's name or at least its first three letters, in English, German, Spanish, Portuguese, French, Italian or Dutch,
/// or by its Chinese and Japanese name; 0 when it is none.
int month_of(std::string_view word);

}  // namespace colophon::formats::bibtex
