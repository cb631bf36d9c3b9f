// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/classes.hpp"

#include <algorithm>

#include "indexer/schema.hpp"
#include "indexer/terms.hpp"

#include <xapian.h>

namespace colophon::indexer {

Xapian::Query without_twins(const Xapian::Query& query, const std::vector<std::string>& classes) {
  if (classes.size() < 2) return query;
  std::vector<Xapian::Query> twins;
  for (const std::string& one : classes) twins.emplace_back(std::string(kTwinPrefix) + one);
  return Xapian::Query(Xapian::Query::OP_AND_NOT, query, Xapian::Query(Xapian::Query::OP_OR, twins.begin(), twins.end()));
}

std::vector<std::string> languages_in(const Xapian::Database& database) {
  std::vector<std::string> out;
  const std::string prefix(kStemmerPrefix);
  for (auto it = database.allterms_begin(prefix); it != database.allterms_end(prefix); ++it)
    out.push_back((*it).substr(prefix.size()));
  if (std::ranges::find(out, "en") == out.end()) out.emplace_back("en");
  return out;
}

}  // namespace colophon::indexer
