// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace colophon {

/// Bytes [begin, end) of a text, to be replaced; begin == end inserts.
struct Edit {
  std::size_t begin = 0, end = 0;
  std::string text;
  friend bool operator==(const Edit&, const Edit&) = default;
};

/// The edits in the order of the text, those left out that reach beyond the text or into one before them (of two at the same place
/// the one that was given first stays; insertions at one place all stay). What apply_edits() and unified_diff() take.
std::vector<Edit> in_order(std::vector<Edit> edits);
/// The text with the edits made; every other byte stays. REQUIRES: edits as in_order() gives them.
std::string apply_edits(std::string_view text, const std::vector<Edit>& edits);
/// The same as a unified diff (POSIX diff -u) with three lines of context, headed "--- name" and "+++ name"; empty without edits.
/// Linear. REQUIRES: edits as in_order() gives them.
std::string unified_diff(std::string_view text, const std::vector<Edit>& edits, std::string_view name);

}  // namespace colophon
