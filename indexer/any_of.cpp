// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/any_of.hpp"

#include <algorithm>

#include <xapian.h>

namespace colophon::indexer {
namespace {

using Xapian::Query;
using Role = AnyOf::Role;

bool all_parts(const Query& query,
               bool (*holds)(const Query& part, std::vector<std::string>& terms),
               std::vector<std::string>& terms) {
  for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
    if (!holds(query.get_subquery(i), terms)) return false;
  }
  return true;
}

// Terms of which any is enough, no weights.
bool add_terms(const Query& query, std::vector<std::string>& terms) {
  switch (query.get_type()) {
    case Query::LEAF_TERM: terms.push_back(*query.get_terms_begin()); return true;
    case Query::OP_OR:
    case Query::OP_SYNONYM: return all_parts(query, add_terms, terms);
    default: return false;
  }
}

// In the order in which Xapian weighs them.
bool add_parts(const Query& query, Role role, std::vector<AnyOf::Part>& parts) {
  switch (query.get_type()) {
    case Query::LEAF_TERM:
    case Query::OP_SYNONYM: {
      std::vector<std::string> terms;
      if (!add_terms(query, terms)) return false;
      parts.push_back({std::move(terms), role});
      return true;
    }
    case Query::OP_SCALE_WEIGHT: return add_parts(query.get_subquery(0), role, parts);
    case Query::OP_OR:
      for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
        if (!add_parts(query.get_subquery(i), role, parts)) return false;
      }
      return true;
    default: return false;
  }
}

bool add_query(const Query& query, AnyOf& out) {
  switch (query.get_type()) {
    case Query::OP_SCALE_WEIGHT: return add_query(query.get_subquery(0), out);
    case Query::OP_AND_NOT: return add_query(query.get_subquery(0), out) && add_terms(query.get_subquery(1), out.unwanted);
    case Query::OP_AND_MAYBE:
      return add_query(query.get_subquery(0), out) && add_parts(query.get_subquery(1), Role::adds, out.parts);
    default: return add_parts(query, Role::finds, out.parts);
  }
}

// What the library does not weigh: several terms as one of which none is in the database.
bool is_weighed(const AnyOf::Part& part, const Xapian::Database& database) {
  return part.terms.size() == 1 ||
         std::ranges::any_of(part.terms, [&](const std::string& term) { return database.term_exists(term); });
}

// A term's frequency is known: parts and statistics fit each other.
bool agree(const AnyOf::Part& part, const TermStatistics& statistics, const Xapian::Database& all) {
  return part.terms.size() > 1 || statistics.documents == all.get_termfreq(part.terms.front());
}

bool add_statistics(const std::vector<TermStatistics>& known,
                    const Xapian::Database& database,
                    const Xapian::Database& all,
                    AnyOf& out) {
  std::size_t next = 0;
  for (AnyOf::Part& part : out.parts) {
    TermStatistics& own = part.statistics.emplace_back();
    if (!is_weighed(part, database)) continue;
    if (next == known.size() || !agree(part, known[next], all)) return false;
    own = known[next++];
    out.average_length = own.average_length;
  }
  return next == known.size();
}

}  // namespace

std::optional<AnyOf> any_of(const Query& query, const Xapian::Database& all, const std::vector<Xapian::Database>& databases) {
  AnyOf out;
  if (!add_query(query, out)) return std::nullopt;
  const QueryStatistics known = statistics_of(query, all);
  if (known.databases.size() != databases.size()) return std::nullopt;
  for (std::size_t i = 0; i < databases.size(); ++i) {
    if (!add_statistics(known.databases[i], databases[i], all, out))
      return std::nullopt;  // what weighs nothing is not asked, either
  }
  out.estimated = known.estimated;
  out.exact = known.exact;
  return out;
}

}  // namespace colophon::indexer
