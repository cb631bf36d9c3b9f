// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/without.hpp"

#include <vector>

#include <xapian.h>

namespace colophon::indexer::query {
namespace {

using Xapian::Query;

Query unweighed(const Query& query) {
  switch (query.get_type()) {
    case Query::OP_SCALE_WEIGHT:
    case Query::OP_AND_MAYBE: return unweighed(query.get_subquery(0));
    case Query::OP_AND:
    case Query::OP_FILTER:
    case Query::OP_AND_NOT:
    case Query::OP_OR: break;
    default: return query;
  }
  std::vector<Query> parts;
  for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) parts.push_back(unweighed(query.get_subquery(i)));
  return {query.get_type(), parts.begin(), parts.end()};
}

}  // namespace

Query without(const Query& query, const Query& unwanted) { return {Query::OP_AND_NOT, query, unweighed(unwanted)}; }

}  // namespace colophon::indexer::query
