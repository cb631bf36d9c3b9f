// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "indexer/overlap/fingerprints.hpp"

namespace colophon::indexer {

/// A stretch of two texts that says nearly the same: words [begin, end) of each, and the pairs of equal words inside, ascending.
struct Alignment {
  std::size_t left_begin = 0, left_end = 0;
  std::size_t right_begin = 0, right_end = 0;
  struct Pair {
    std::size_t left = 0, right = 0;
  };
  std::vector<Pair> same;
};

/// Stretches that begin and end with a common shingle, in which common shingles follow each other at most kGap words apart, with at
/// least kLeastSame equal words; in the order of the left text, none inside another. Time grows with the lengths and with the number
/// of common shingles, each counted at most kOften times.
inline constexpr std::size_t kGap = 30;
inline constexpr std::size_t kLeastSame = 12;
inline constexpr std::size_t kOften = 8;
std::vector<Alignment> align(std::span<const HashedWord> left, std::span<const HashedWord> right);

}  // namespace colophon::indexer
