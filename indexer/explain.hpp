// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace Xapian {
class Enquire;
class Database;
class Query;
}  // namespace Xapian

namespace colophon::indexer {

/// One part of a search as it was carried out: what it asks for, in how many works it is, and what it added to one work's score.
struct ExplainedPart {
  int depth = 0;          ///< its parts follow, one deeper
  std::string what;       ///< "all of", "title: heat (stem)"
  std::size_t works = 0;  ///< that hold the word; 0 for what is no word
  double weight = 0;
  friend bool operator==(const ExplainedPart&, const ExplainedPart&) = default;
};
/// The whole of it for one work, usually the best hit.
struct Explanation {
  std::string id;     ///< of the work
  std::string title;  ///< of the work
  std::vector<ExplainedPart> parts;
};
Json to_json(const Explanation& explanation);

/// "heat (stem)", "title: heat", "type is report" for a term of the index.
std::string term_label(std::string_view term);

/// Internal: the parts of a query with their weights in the work with this id, worked out by searching for each part alone within that work;
/// at most 100 parts. `weigh` sets the weighting of an enquiry. Throws Xapian's errors.
std::vector<ExplainedPart> explain(const Xapian::Database& database,
                                   const Xapian::Query& query,
                                   std::string_view id,
                                   const std::function<void(Xapian::Enquire&)>& weigh);

}  // namespace colophon::indexer
