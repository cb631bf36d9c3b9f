// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/schema.hpp"
#include "indexer/searcher.hpp"

namespace Xapian {
class MatchSpy;
}

namespace colophon::indexer {

/// Internal: counts the values of facets over every match that Xapian passes by; exact when it passes by all of them.
class FacetCounter {
 public:
  /// Names without a facet are ignored.
  explicit FacetCounter(const std::vector<std::string>& names);
  ~FacetCounter();
  bool empty() const;
  /// Owned by the counter.
  Xapian::MatchSpy& spy();
  std::map<std::string, std::vector<FacetValue>> counts() const;

 private:
  class Spy;
  std::unique_ptr<Spy> spy_;
};

}  // namespace colophon::indexer
