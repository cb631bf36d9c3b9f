// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bitset>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "bib/fields.hpp"
#include "bib/work_type.hpp"
#include "formats/bibtex/bib_file.hpp"
#include "formats/bibtex/field_names.hpp"

namespace colophon::formats::bibtex {

/// A field as an entry has it, by itself or from a parent; `tex` is its value with macros expanded, at bytes [begin, end) of the file.
struct Given {
  std::string_view name;                  ///< lower case, as the entry would call it
  const FieldMapping* mapping = nullptr;  ///< null: no place of its own
  std::string_view tex;
  std::size_t begin = 0, end = 0;
  bool own = true;
  FieldName* known = nullptr;  ///< null for what is no field: stray text, the type's name
};

/// The fields of one entry after the other, with those that it inherits by xdata and crossref (BibLaTeX manual 3.19, sections 2.4.1, 2.4.2 and appendix B):
/// computed, never written into the entry. Values that refer to one
/// of an @xdata entry ("xdata=KEY-FIELD-1", section 3.15.3) are replaced by it. Own fields come first, then those of parents, nearest first. Bounded: eight generations,
/// 32 parents, 64 KiB a parent, and the file's budget.
class EntryFields {
 public:
  EntryFields(BibFile& file, FieldNames& names, Reports& reports) : file_(file), names_(names), reports_(reports) {}

  /// REQUIRES: `entry` is that chunk, parsed. What is returned lives until the next call.
  const std::vector<Given>& gather(const Entry& entry, std::uint32_t chunk, bib::WorkType type);
  /// True when some field of the entry, even an empty one, is read into that field of ours.
  bool taken(bib::FieldId field) const { return taken_[static_cast<std::size_t>(field)]; }

 private:
  enum class Via : std::uint8_t { itself, xdata, crossref, crossref_to_whole, crossref_to_main };
  enum class Parents : std::uint8_t { none, some };
  Parents add_own(const Entry& entry, std::uint32_t chunk);
  bool has_main_title() const;
  std::string_view resolved(std::string_view tex, int generation);
  std::string_view referred(std::string_view item, int generation);
  void add_inherited(const Entry& entry, std::uint32_t chunk, Via via);
  void inherit(const Entry& entry, std::uint32_t chunk, int generation);
  void inherit_from(std::string_view key, std::uint32_t child, Via via, int generation);

  BibFile& file_;
  FieldNames& names_;
  Reports& reports_;
  std::vector<Given> given_;
  std::deque<Entry> parents_;
  std::deque<std::string> resolved_;
  std::bitset<256> taken_;
  bib::WorkType type_ = bib::WorkType::unknown;
};

}  // namespace colophon::formats::bibtex
