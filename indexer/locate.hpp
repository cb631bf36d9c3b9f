// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/form_terms.hpp"
#include "indexer/snippet.hpp"

namespace colophon::indexer {

/// Internal: where in a document a query hit. Passages are numbered as in the entry's list; -1 is the record's own fields.
struct Located {
  int best = -1;
  std::vector<int> more;  ///< further passages, best first
};

/// By where the query's words stand among the document's words (`places`, its value of that slot), stems through the words with that stem, as
/// `terms` has them: the passage with the most of them; of equals the one with more hits, then the first.
Located locate(std::uint32_t document,
               std::string_view page_map,
               std::string_view places,
               const std::vector<Sought>& sought,
               const FormTerms& terms);

}  // namespace colophon::indexer
