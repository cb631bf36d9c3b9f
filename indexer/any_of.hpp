// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "indexer/weighting.hpp"

namespace Xapian {
class Database;
class Query;
}  // namespace Xapian

namespace colophon::indexer {

/// Internal: a query that asks for any of its words, taken apart.
struct AnyOf {
  enum class Role : bool {
    finds,  ///< a document with it matches
    adds,   ///< only adds to the weight of documents that match
  };
  struct Part {
    std::vector<std::string> terms;  ///< as one (OP_SYNONYM)
    Role role{};
    std::vector<TermStatistics> statistics = {};  ///< a database each
  };
  std::vector<Part> parts;
  std::vector<std::string> unwanted;  ///< a document with one of these terms does not match
  double average_length = 0;          ///< of the documents, in terms
  std::size_t estimated = 0;          ///< how many documents match, as a search would tell it
  bool exact = false;                 ///< that is their number
};

/// None where the query is another one: with filters, phrases, ranges, or words that must all be there; or where the databases have nothing
/// of it. `all` is the databases searched as one. Throws Xapian's errors.
std::optional<AnyOf> any_of(const Xapian::Query& query,
                            const Xapian::Database& all,
                            const std::vector<Xapian::Database>& databases);

}  // namespace colophon::indexer
