// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <optional>

namespace Xapian {
class Database;
}

namespace colophon::indexer {

struct AnyOf;
class BestScores;
class TermSource;

/// Internal: one of several databases that are searched as one; Xapian numbers their documents in turns.
struct OneOfSeveral {
  const Xapian::Database& index;
  std::size_t place = 0;
  std::size_t of = 1;
};

/// Internal: adds a database's best documents by any of the parts of a query (best_of_any.hpp); those that changed since the lists were made
/// are left out. Throws Xapian's errors.
///
/// It is MaxScore (Turtle and Flood 1995) a block of documents at a time, with the most that a word weighs in the block (Ding and Suel 2011).
/// What a document must weigh, the least of the best so far, is parted among the words: one that weighs less than each word's share by that
/// word is not among the best. The shares of the lightest words are all that they can weigh, so that these find no documents; the next one's
/// is what is left; the heaviest have none and find all that they have. What was found is sifted by the most that it can weigh, adding
/// word by word, and what is left is weighed. Blocks come in growing samples, each of which guesses what the least will be; should a guess have
/// been too high, all are gone over once more.
///
/// Gives the number of the database's documents that match, where no more than kSoonCounted postings tell and nothing changed or is unwanted.
std::optional<std::size_t> scan(const AnyOf& query, const OneOfSeveral& database, TermSource& source, BestScores& best);
inline constexpr std::size_t kSoonCounted = 200'000;

}  // namespace colophon::indexer
