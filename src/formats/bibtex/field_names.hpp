// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bibtex/bib_file.hpp"
#include "formats/bibtex/mapping.hpp"

namespace colophon::formats::bibtex {

/// All that is known of a field by its name.
struct FieldName {
  std::string lower;                       ///< UTF-8
  const FieldMapping* mapping = nullptr;   ///< null: it has no place of its own
  const FieldMapping* in_whole = nullptr;  ///< what a part makes of it when its parent is the whole: "title" is "booktitle" there
  const FieldMapping* in_main = nullptr;   ///< what a volume makes of it when its parent is the work in several: "maintitle"
  bool inherited = true;                   ///< by crossref (BibLaTeX manual 3.19, appendix B)
  Parent parent = Parent::none;
  bool told = false;  ///< that it has no place
};

/// The field names of a file, each looked up once: files use a few dozen in some hundred thousand places.
class FieldNames {
 public:
  /// By name in any case; the name's bytes must outlive this. The reference lives until forget_rare(): beyond 4,096 spellings of a file
  /// the others are not kept.
  FieldName& find(std::string_view name);
  void forget_rare() { rare_.clear(); }

 private:
  static constexpr std::size_t kSlots = 8192;
  static constexpr std::size_t kMostProbes = 32;
  struct Spelling {
    std::string_view bytes;
    FieldName* name = nullptr;
    Spelling* then = nullptr;  // what followed it last: entries of a file give their fields in the same order
  };
  Spelling* look_up(std::string_view name);
  FieldName& in_lower_case(std::string_view name);

  std::deque<FieldName> names_, rare_;
  std::vector<Spelling> slots_ = std::vector<Spelling>(kSlots);
  Spelling* last_ = slots_.data();
  std::size_t spellings_ = 0;
};

}  // namespace colophon::formats::bibtex
