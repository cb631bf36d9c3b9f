// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "bib/fields.hpp"
#include "bib/work_type.hpp"

namespace colophon::formats::ris {

/// What a tag means depends on the type of reference. Families of types that agree, as bits.
enum Family : std::uint8_t {
  kJournal = 1,  ///< articles in journals, magazines, newspapers
  kPart = 2,     ///< chapters and entries of reference works
  kPaper = 4,    ///< conference contributions
  kBook = 8,
  kReport = 16,
  kThesis = 32,
  kOther = 64,
  kAll = 127,
};
Family family_of(bib::WorkType type);

/// How the text of a tag becomes a value; see reader.cpp.
enum class Form : std::uint8_t {
  value,      ///< by the kind of the field
  name,       ///< one name of a list
  date,       ///< a part of the date of issue
  title,      ///< the title; a second one is kept
  container,  ///< the title of the journal or book
  abbreviation,
  first_page,
  last_page,
  abstract,
  keywords,
  link,
  attachment,  ///< an address on the web, or a file of the program that wrote it, which is kept
  serial,      ///< ISSN, ISBN or the number of a report
  genre,       ///< kind of work, or a DOI
  address,
  id,
  keep,  ///< known, and kept as it is
};

/// One tag (Research Information Systems, "RIS Format Specifications"; EndNote's and Zotero's tables for the newer tags). For a tag the
/// first row of the family counts; of a field, the first row of the family is the one that is written.
struct Row {
  std::string_view tag;
  bib::FieldId field;
  Form form;
  std::uint8_t families = kAll;
  std::string_view role = {};  ///< of names in `contributor`
};
std::span<const Row> rows();
/// Null for a tag that has no row.
const Row* row_of(std::string_view tag, Family family);
const Row* row_of(bib::FieldId field, Family family, std::string_view role = {});

/// One type of reference.
struct TypeRow {
  std::string_view name;  ///< "JOUR"
  bib::WorkType type;
  std::string_view genre = {};  ///< what the name says beyond our type
};
std::span<const TypeRow> types();
/// By its name in any case; null when unknown.
const TypeRow* type_named(std::string_view name);
/// The type of reference under which a type of ours is written.
std::string_view name_of(bib::WorkType type);

}  // namespace colophon::formats::ris
