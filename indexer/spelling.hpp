// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Internal: words of an open index that are spelt nearly like another one.

struct NearWord {
  std::string word;
  std::size_t works = 0;
  std::size_t distance = 0;  ///< letters left out, put in, changed or swapped
  friend bool operator==(const NearWord&, const NearWord&) = default;
};

/// The words with a prefix of the schema at most one letter away (two, from five letters on) that begin with the word's first or second
/// letter: nearest first, of equals the most frequent; at most `limit`. Only for folded words of a to z from three letters on.
///
/// The index's own dictionary is sorted, so it is walked like a tree: a beginning that is too far away already is stepped over with all
/// words that begin so. Nothing else is stored, and what the index does not hold is not suggested. At most `budget` words are looked at.
/// Throws Xapian's errors.
std::vector<NearWord> near_words(const Xapian::Database& database,
                                 std::string_view prefix,
                                 std::string_view word,
                                 std::size_t limit = 5,
                                 std::size_t budget = 100'000);

}  // namespace colophon::indexer
