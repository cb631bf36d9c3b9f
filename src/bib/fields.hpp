// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace colophon::bib {

/// Every field of a record. The order is the order in which records are shown and written.
enum class FieldId : std::uint8_t {
  title,
  subtitle,
  translated_title,
  short_title,
  author,
  editor,
  translator,
  contributor,
  issued,
  container_title,
  container_short,
  volume_title,
  volume,
  issue,
  page,
  article_number,
  number,
  part_number,
  chapter_number,
  edition,
  version,
  collection_title,
  collection_number,
  publisher,
  publisher_place,
  event_title,
  event_place,
  event_date,
  original_date,
  submitted,
  received,
  accepted,
  accessed,
  available,
  genre,
  medium,
  status,
  number_of_pages,
  number_of_volumes,
  doi,
  isbn,
  issn,
  arxiv,
  pmid,
  pmcid,
  handle,
  url,
  abstract,
  keyword,
  subject,
  language,
  note,
  annotation,
  license,
  copyright,
  access,
  peer_reviewed,
  funding,
  project,
  place,
  related,
  reference,
  citation_key,
  extra,
};

enum class FieldKind : std::uint8_t {
  text,     ///< Text: words in a language
  rich,     ///< RichText
  names,    ///< NameList, one unit
  date,     ///< Date
  code,     ///< Code: a number or range ("12–24"), an identifier in canonical form, or a term of a list
  link,     ///< Link to another work, cited or related
  funding,  ///< Funding
  extra,    ///< Extra: what has no field of its own
};

enum class Cardinality : std::uint8_t { one, many };

/// How a record takes a field from its sources (see fold.hpp).
enum class FoldRule : std::uint8_t { best, unite };

struct FieldRow {
  FieldId id;
  std::string_view name;  ///< as in JSON, queries and `edit --set`: "container_title"
  FieldKind kind;
  Cardinality cardinality;
  FoldRule fold;
  std::string_view csl;    ///< CSL 1.0.2 variable, empty when CSL has none
  std::string_view label;  ///< as people see it
};

/// THE table of fields, in the order of the enumeration. Mapping tables of formats and the index schema are keyed by its ids.
std::span<const FieldRow> fields();
const FieldRow& row(FieldId id);
inline std::string_view name(FieldId id) { return row(id).name; }
std::optional<FieldId> field_named(std::string_view name);

}  // namespace colophon::bib
