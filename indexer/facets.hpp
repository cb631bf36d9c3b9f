// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/columns.hpp"
#include "indexer/schema.hpp"
#include "indexer/searcher.hpp"

namespace Xapian {
class Query;
}  // namespace Xapian

namespace colophon::indexer {

class Reader;

/// Internal: counts the values of facets over all matches, and holds the filters on those facets: a facet's counts are of the matches that
/// all other filters let through, so that one sees what else could be chosen.
class FacetCounter {
 public:
  /// Names without a facet are ignored. `shards` are those that are searched, in their order.
  FacetCounter(const std::vector<std::string>& names, const std::vector<Filter>& filters, std::span<const Columns* const> shards);
  ~FacetCounter();
  bool empty() const;
  /// Whether it holds the filter: then the query needs not.
  static bool holds(const Filter& filter, const std::vector<std::string>& names);
  /// Goes over every match in the reader's shards, without ranking; `query` without the filters that it holds. Exact, about 20 ns a match
  /// and word, 5 ns where there are lists of frequent terms. Throws Xapian's errors.
  void count(const Reader& reader, const Xapian::Query& query);
  /// So many were let through by all filters.
  std::size_t passed() const;
  std::map<std::string, std::vector<FacetValue>> counts() const;

 private:
  struct Counts;
  std::unique_ptr<Counts> counts_;
};

}  // namespace colophon::indexer
