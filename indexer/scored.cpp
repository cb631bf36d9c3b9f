// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/scored.hpp"

#include <xapian.h>

namespace colophon::indexer {

ScoredMatches scored(const Xapian::MSet& found) {
  ScoredMatches out{.best = {},
                    .total = found.get_matches_estimated(),
                    .exact = found.get_matches_lower_bound() == found.get_matches_upper_bound()};
  for (auto it = found.begin(); it != found.end(); ++it) out.best.push_back({*it, it.get_weight()});
  return out;
}

}  // namespace colophon::indexer
