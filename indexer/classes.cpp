// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/classes.hpp"

#include <algorithm>

#include "indexer/analyser.hpp"
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

std::size_t works_with(const std::vector<std::string>& terms,
                       const Xapian::Database& all,
                       const std::vector<std::string>& classes) {
  std::size_t documents = 0;
  for (const std::string& term : terms) documents += all.get_termfreq(term);
  if (documents < 2 || (classes.size() < 2 && terms.size() < 2)) return documents;  // most: a search asks of each hit
  Xapian::Enquire enquire(all);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_query(without_twins(Xapian::Query(Xapian::Query::OP_OR, terms.begin(), terms.end()), classes));
  return enquire.get_mset(0, 0, all.get_doccount()).get_matches_estimated();
}

std::vector<std::string> languages_in(const Xapian::Database& database) {
  std::vector<std::string> out;
  for (const std::string_view language : stemmed_languages()) {
    if (database.term_exists(std::string(kStemmerPrefix).append(language))) out.emplace_back(language);
  }
  if (std::ranges::find(out, "en") == out.end()) out.emplace_back("en");
  return out;
}

}  // namespace colophon::indexer
