// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "bib/fields.hpp"

namespace colophon::indexer {

/// What is searchable and how: one table for the writer, the query language, its help and the facets.
///
/// A document is one work. Its terms, all folded (base/text.hpp), so that upper case letters can only be a prefix:
///   heat            a word of any text field or of the body
///   Zheat           its stem (Z + prefix + stem for a field's own words: ZSheat)
///   Sheat           a word of the field with prefix S
///   XPR:urban heat  a whole value of a field, for filters
///   Q:ab3k9         the work's id, one document each
/// Everything is constant and thread-safe.

/// Stands in the index's metadata; an index of another version is rebuilt, never read.
inline constexpr int kSchemaVersion = 9;

/// Value slots. Lists hold several values parted by kListSeparator.
enum class Slot : std::uint32_t {
  none = 0xFFFFFFFF,
  date = 0,   ///< sortable number yyyymmdd, for sorting
  title = 1,  ///< folded title, for sorting
  id = 2,     ///< the work's id: parts equals, so that order never depends on document numbers
  year = 3,   ///< sortable number
  type = 4,
  language = 5,  ///< list
  project = 6,   ///< list
  place = 7,     ///< list
  page_map = 8,  ///< first position of each passage (terms.hpp)
  change = 9,    ///< sortable number: the change of the work that this document shows
  places = 10,   ///< the words in their order (places.hpp)
  doi = 11,      ///< list: what works that cite it name (priors.hpp)
  family = 12,   ///< what it is known by among versions (family.hpp)
};
inline constexpr char kListSeparator = '\x1f';

/// How a field is asked for: by its words, by a whole value, by either, by a year or a range of years, by a date or a span of
/// time, by the name of a concept of the thesaurus (which stands for all words that name it).
enum class Match : std::uint8_t { words, value, both, year, date, concept_name };

/// The record's fields that one row indexes.
struct FieldSet {
  std::array<bib::FieldId, 6> ids{};
  std::size_t size = 0;
  constexpr FieldSet() = default;
  constexpr FieldSet(std::initializer_list<bib::FieldId> list) : size(list.size()) {  // NOLINT(google-explicit-constructor)
    std::size_t i = 0;
    for (const bib::FieldId id : list) ids[i++] = id;
  }
  constexpr const bib::FieldId* begin() const { return ids.data(); }
  constexpr const bib::FieldId* end() const { return ids.data() + size; }
};

enum class Facet : bool { no, yes };
enum class Stems : bool { no, yes };
enum class Positions : bool { no, yes };  ///< without, the words of a phrase are looked for in any order

struct Row {
  std::string_view name;    ///< as in queries: "author"; also the facet's name
  std::string_view alias;   ///< another spelling, or empty
  FieldSet fields;          ///< none for a pseudo field, which the writer fills
  std::string_view prefix;  ///< of its terms
  Match match{};
  std::uint32_t weight = 0;  ///< times that its words count among the words of the whole work; 0: not among them
  Stems stems{};             ///< words are in a language and are stemmed
  Slot slot = Slot::none;
  Facet facet{};
  std::string_view help;     ///< for people: "words of a person's or organisation's name"
  std::string_view example;  ///< "author:meerow"
};

/// The rows in the order in which help shows them.
std::span<const Row> rows();
/// Whether the words of a row are kept with their places.
Positions positions_of(const Row& row);
/// Whether a folded word of a list of references is kept: volumes and pages are not, years are.
bool kept_of_references(std::string_view folded);
/// By name or alias, any case; null when there is none.
const Row* row_named(std::string_view name);
/// The row that indexes a field; null for those of not_indexed().
const Row* row_of(bib::FieldId field);

struct NotIndexed {
  bib::FieldId field{};
  std::string_view reason;
};
/// Every field is in exactly one of rows() and not_indexed(): tested.
std::span<const NotIndexed> not_indexed();

/// prefix + ":" + the value folded, blanks squeezed; a value beyond 160 bytes ends in a digest.
std::string value_term(const Row& row, std::string_view value);

/// Terms without a row.
inline constexpr std::string_view kStemPrefix = "Z";
inline constexpr std::string_view kIdPrefix = "Q:";
inline constexpr std::string_view kTwinPrefix = "XTWIN:";
inline constexpr std::string_view kStemmerPrefix = "XSTEM:";  ///< a language in which some of its text is stemmed
inline constexpr std::string_view kEarlierPrefix = "XEV:";    ///< an identifier of an earlier version of the work (family.hpp)
inline constexpr std::string_view kLaterPrefix = "XLV:";      ///< of a later one
inline constexpr std::string_view kReferencePrefix = "XRT";

}  // namespace colophon::indexer
