// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "indexer/analyser.hpp"
#include "indexer/snippet.hpp"

namespace Xapian {
class Database;
class Query;
}  // namespace Xapian

namespace colophon::indexer {

/// Internal: relevance feedback without a judge (Rocchio's idea): at most ten words that tell the first hits of `query` from all other
/// works, the most telling first, each in one form, and none of those that were sought. In lower case, at least four letters; stop words
/// and words of a single work are none. Whatever the order in which works were indexed, the words are the same. Throws Xapian's errors.
std::vector<std::string> feedback(const Xapian::Query& query,
                                  const std::vector<Sought>& sought,
                                  const Xapian::Database& all,
                                  const std::vector<std::string>& languages,
                                  Analyser& analyser);

}  // namespace colophon::indexer
