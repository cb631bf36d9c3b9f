// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "indexer/families.hpp"
#include "indexer/scored.hpp"
#include "indexer/searcher.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

class KeptSlot;

/// Internal: what the hits of a page are made with.
struct HitContext {
  const Xapian::Database& all;
  const std::vector<std::string>& classes;  ///< of the indexes in `all`
  const std::vector<Sought>& sought;
  const std::vector<std::string>& languages;
  Analyser& analyser;
  KeptSlot& word_places;               ///< Slot::places
  const Families* families = nullptr;  ///< where the versions of a work are one hit
};

/// Internal: what is shown of these works, in their order: the card, and page, section and snippet from the passage with the best hits; from
/// the lead where the hit is in the record, or where the source's passages are not those that were indexed. Throws Xapian's errors.
std::vector<Hit> hits_of(const std::vector<Score>& works, const HitContext& with, const HitPassages& source);

}  // namespace colophon::indexer
