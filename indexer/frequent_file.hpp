// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "indexer/posting_list.hpp"

namespace colophon::indexer::frequent_file {

/// Internal: the layout of the file `frequent`, in the machine's byte order, for it is derived and stays on its machine. A list after another,
/// then the lengths, the beginnings of ids, the table of terms, their names, the end. A list: its starts (blocks + 1), its `many`, its tops, its postings; each
/// begins at a multiple of eight bytes.

inline constexpr std::uint64_t kMagic = 0x32544E4551455246ull;  // "FREQENT2"

struct Term {
  std::uint64_t at = 0;  ///< of its list
  std::uint32_t postings = 0;
  std::uint32_t many = 0;
  std::uint32_t name_end = 0;  ///< among the names, where the one before ends it begins; terms are sorted by name
  std::uint32_t top = 0;       ///< the highest code
};

struct End {
  std::uint64_t lengths = 0, ids = 0, terms = 0, names = 0;  ///< where they begin
  std::uint64_t commit = 0;                                  ///< of the documents
  double average_length = 0;
  std::uint32_t blocks = 0;
  std::uint32_t count = 0;  ///< of terms
  std::array<char, 40> uuid{};
  std::uint64_t magic = kMagic;
};

constexpr std::size_t padded(std::size_t bytes) { return (bytes + 7) / 8 * 8; }

}  // namespace colophon::indexer::frequent_file
