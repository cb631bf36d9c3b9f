// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <functional>
#include <string>

#include "indexer/scored.hpp"

namespace Xapian {
class Enquire;
class Query;
}  // namespace Xapian

namespace colophon::indexer {

class Reader;

/// Internal: ranking with the help of hosts (hosts.hpp). They know Xapian's own operators and weightings and none of our sources of postings,
/// in whose place they put every document at no weight (open_source()): what comes back too much is dropped by our own copy.

/// Whether that is the same search: our sources must stand where all parts are needed. A phrase among alternatives would give its words'
/// weights to works that have them apart.
bool can_ask_hosts(const Xapian::Query& query);

/// The best `wanted` works over all shards, this machine's and the hosts', by weights of their common statistics; totals are exact up to
/// `check`. Throws Xapian's errors; when a host fails, it is noted as silent and Xapian::DatabaseModifiedError asks to open anew.
ScoredMatches ask_hosts(const Reader& reader,
                        const Xapian::Query& query,
                        const std::function<void(Xapian::Enquire&)>& weigh,
                        std::size_t wanted,
                        std::size_t check);

/// What our sources of postings are called and hold when a query is sent to a host: every document, at no weight.
std::string open_source_name();
std::string open_source();

}  // namespace colophon::indexer
