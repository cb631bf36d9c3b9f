// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Xapian {
class Query;
}

namespace colophon::indexer::query {

/// Internal: the documents of `query` that `unwanted` does not match, by their weights in `query`.
///
/// What `unwanted` only weighs by (OP_AND_MAYBE) is left away: it decides nothing, and the library (1.4.22) never sets its weights there but
/// goes by them, so that the answer would depend on what was in the memory before.
Xapian::Query without(const Xapian::Query& query, const Xapian::Query& unwanted);

}  // namespace colophon::indexer::query
