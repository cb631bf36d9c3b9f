// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "formats/sheet/headers.hpp"

namespace colophon::formats {

/// What an exported row said, cell by cell, in one short text of the row itself: digests of 24 bits. When the row comes back, each
/// cell is compared three ways: what the sheet says, what it said at first, what the record says now. So a cell that a person
/// changed is told from one that the library changed meanwhile, and a row whose cells were mixed up by sorting one column is found.
class Stamp {
 public:
  struct Said {
    Target target;
    std::string text;  ///< of cell_text(); empty cells need not be given
  };
  /// "v1 " and hexadecimal digits.
  static std::string make(std::string_view id, std::span<const Said> cells);

  /// The stamp of a row that came back; any text is a stamp, most say nothing.
  Stamp(std::string_view id, std::string_view text);
  bool present() const { return !digests_.empty(); }
  /// Whether the row's id and its stamp belong together.
  bool fits() const;
  /// Whether the row said this when it was exported. Blanks play no part.
  bool said(const Target& target, std::string_view text) const;

 private:
  bool holds(const std::string& digest) const;
  std::string id_;
  std::string_view digests_;
};

}  // namespace colophon::formats
