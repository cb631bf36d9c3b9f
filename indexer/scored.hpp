// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace Xapian {
class MSet;
}

namespace colophon::indexer {

/// Internal: a document of several databases searched as one, and its weight.
struct Score {
  std::uint32_t document = 0;
  double weight = 0;
};

/// Internal: the best of what matches, best first.
struct ScoredMatches {
  std::vector<Score> best;
  std::size_t total = 0;  ///< of all that match
  bool exact = true;      ///< that is their number, not about so many
};

/// As the matcher found them.
ScoredMatches scored(const Xapian::MSet& found);

}  // namespace colophon::indexer
