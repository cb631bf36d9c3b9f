// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/form_terms.hpp"
#include "indexer/snippet.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Internal: where in a document a query hit. Passages are numbered as in the entry's list; -1 is the record's own fields.
struct Located {
  int best = -1;
  std::vector<int> more;  ///< further passages, best first
};

/// Reads the positions of the query's words, of stems through the document's words with that stem, as `terms` has them, and finds the passage with the most
/// of them; of equals the one with more hits, then the first. Throws Xapian's errors.
Located locate(const Xapian::Database& database,
               std::uint32_t document,
               std::string_view page_map,
               const std::vector<Sought>& sought,
               const FormTerms& terms);

}  // namespace colophon::indexer
