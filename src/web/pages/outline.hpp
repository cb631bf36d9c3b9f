// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <string>

#include "bib/document.hpp"

namespace colophon::web {

/// What stands above a section.
struct OutlineEntry {
  std::string number;  ///< the source's label, or ours: "2.1"
  std::string text;    ///< plain
  bool given = false;  ///< the source has no heading: a word of ours, in English
};

/// The headings of a body. Sections of the main text are numbered where the source numbers none of them, neither by label nor in the
/// words of a heading ("2.1 Data"). References, notes and floating figures without heading get one.
class Outline {
 public:
  explicit Outline(const bib::Document& body);
  /// Null for a section without heading.
  const OutlineEntry* find(const bib::Section& section) const;

 private:
  void enter(const bib::Section& section, const std::string& number);
  bool numbers_ = false;
  std::map<const bib::Section*, OutlineEntry> entries_;
};

}  // namespace colophon::web
