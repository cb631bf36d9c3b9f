// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <optional>

#include "indexer/scored.hpp"

namespace Xapian {
class Query;
}

namespace colophon::indexer {

class Reader;

/// Internal: the first stage of ranking for queries of which any word is enough, in large indexes: the documents that Xapian's matcher would
/// find best by weigh(), with the same weights to the last bit, several times faster. Its time goes by what could be among the best, not
/// by what matches (any_scan.hpp), over lists of postings made for that (frequent.hpp).
///
/// The best `wanted`, equal ones by their ids; how many match is counted where that costs little, else estimated as
/// Xapian does. None where the query is another one, where no more than `counted` seem to match, whose number is to be exact, or where there
/// are no such lists for most of the documents: Xapian's matcher is asked then. Throws Xapian's errors.
std::optional<ScoredMatches> best_of_any(const Xapian::Query& query,
                                         const Reader& reader,
                                         std::size_t wanted,
                                         std::size_t counted);

}  // namespace colophon::indexer
