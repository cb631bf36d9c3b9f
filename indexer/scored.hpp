// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace Xapian {
class Database;
class Query;
}  // namespace Xapian

namespace colophon::indexer {

/// Internal: a document of several databases searched as one, and its weight.
struct Score {
  std::uint32_t document = 0;
  double weight = 0;
};

/// Internal: just these documents, each with its weight.
Xapian::Query query_of(const std::vector<Score>& scores, const Xapian::Database& all);

/// Internal: what was found otherwise than by Xapian's matcher over our own databases.
struct ScoredMatches {
  std::shared_ptr<Xapian::Query> query;  ///< of just the best works, each with its weight, for our own databases
  std::size_t total = 0;                 ///< of all that match
  bool exact = true;
};

}  // namespace colophon::indexer
