// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace Xapian {
class Database;
class Query;
}  // namespace Xapian

namespace colophon::indexer::query {

/// A word of a query as the terms of the index that stand for it.
using Alternatives = std::vector<std::string>;

/// How many of a query's words a work must have, beyond kAllUpTo of which all are wanted: three quarters of them, or fewer, down to one,
/// until kEnough works do. The number depends on the words and the works alone, not on filters or pages, so that counts are stable.
inline constexpr std::size_t kAllUpTo = 3;
inline constexpr std::size_t kEnough = 1000;
/// Beyond so many words, those in quotation marks too, a query is a text: its quotation marks are a part of it, not a wish.
inline constexpr std::size_t kText = 12;
inline constexpr std::size_t kMostWords = 250;  ///< further ones are not counted

struct AtLeast {
  std::size_t least = 0;  ///< of all of the words
  std::size_t works = 0;  ///< that have so many
};

/// The works with enough of the words, to filter by: it has no weight. Counts once over the words' postings (about 15 ns each) and keeps
/// 4 bytes a work found. `out` tells the number. Throws Xapian's errors.
Xapian::Query at_least(const std::vector<Alternatives>& words, const Xapian::Database& database, AtLeast& out);

/// These documents, to filter by: it has no weight.
Xapian::Query among(std::vector<std::uint32_t> documents, const Xapian::Database& database);

}  // namespace colophon::indexer::query
