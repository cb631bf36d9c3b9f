// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/explain.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "indexer/schema.hpp"

#include <fmt/format.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

using Xapian::Query;
constexpr std::size_t kMaxParts = 100;
constexpr std::size_t kMaxListed = 12;

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

// The row whose prefix the term has; of several the longest.
const Row* row_of_term(std::string_view term) {
  const Row* best = nullptr;
  for (const Row& row : rows()) {
    const bool fits = term.starts_with(row.prefix) && term.size() > row.prefix.size() && !is_capital(term[row.prefix.size()]);
    if (fits && (!best || best->prefix.size() < row.prefix.size())) best = &row;
  }
  return best;
}

std::string terms_of(const Query& query) {
  std::string out;
  std::size_t count = 0;
  for (auto term = query.get_unique_terms_begin(); term != query.get_terms_end(); ++term, ++count) {
    if (count < kMaxListed) out += (count ? ", " : "") + term_label(*term);
  }
  return count > kMaxListed ? fmt::format("{} and {} more", out, count - kMaxListed) : out;
}

struct Kind {
  Query::op op;
  std::string_view what;
  bool listed;  // its words in one line, not its parts
};
constexpr std::array kKinds = {
    Kind{Query::OP_AND, "all of", false},
    Kind{Query::OP_OR, "any of, added up", false},
    Kind{Query::OP_AND_NOT, "the first, without the others", false},
    Kind{Query::OP_AND_MAYBE, "the first; the others only add", false},
    Kind{Query::OP_FILTER, "the first, where the others hold", false},
    Kind{Query::OP_SYNONYM, "as one word: ", true},
    Kind{Query::OP_VALUE_RANGE, "within the range", true},
    Kind{Query::OP_VALUE_GE, "within the range", true},
    Kind{Query::OP_VALUE_LE, "within the range", true},
    Kind{Query::LEAF_MATCH_ALL, "every work", true},
    Kind{Query::LEAF_MATCH_NOTHING, "nothing", true},
    Kind{Query::LEAF_POSTING_SOURCE, "enough of the words", true},
};

// Words that stand together are all of the words and a source that looks at their places and says so in its description only
// (query/together.hpp). Empty for other queries.
std::string standing_together(const Query& query) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kWays = {
      {{"InOrder(", "in this order: "}, {"Near/", "close together: "}}};
  if (query.get_type() != Query::OP_AND) return {};
  const Query last = query.get_subquery(query.get_num_subqueries() - 1);
  if (last.get_type() != Query::LEAF_POSTING_SOURCE) return {};
  const std::string text = last.get_description();
  for (const auto& [name, what] : kWays) {
    const std::size_t at = text.find(name), open = text.find('(', at);
    if (at != std::string::npos) return std::string(what) + text.substr(open + 1, text.find(')', open) - open - 1);
  }
  return {};
}

// The library tells the factor in its description only.
double factor_of(const Query& scaled) {
  const std::string text = scaled.get_description();
  const std::size_t at = text.find('(');
  return at == std::string::npos ? 1 : std::strtod(text.c_str() + at + 1, nullptr);
}

class Explainer {
 public:
  Explainer(const Xapian::Database& database, std::string_view id, const std::function<void(Xapian::Enquire&)>& weigh)
      : database_(database), work_(std::string(kIdPrefix) + std::string(id)), weigh_(weigh) {}

  void walk(const Query& query, int depth) {
    if (out.size() >= kMaxParts) return;
    const Query::op type = query.get_type();
    if (type == Query::LEAF_TERM) return leaf(query, depth);
    if (type == Query::OP_SCALE_WEIGHT) return scaled(query, depth);
    if (const std::string words = standing_together(query); !words.empty()) return put(depth, words, query);
    const auto kind = std::ranges::find(kKinds, type, &Kind::op);
    if (kind == kKinds.end()) return put(depth, "a part", query);
    put(depth, std::string(kind->what) + (kind->listed ? terms_of(query) : std::string()), query);
    for (std::size_t i = 0; !kind->listed && i < query.get_num_subqueries(); ++i) walk(query.get_subquery(i), depth + 1);
  }

  std::vector<ExplainedPart> out;

 private:
  double weight(const Query& query) const {
    Xapian::Enquire enquire(database_);
    enquire.set_query(Query(Query::OP_FILTER, query, Query(work_)));
    weigh_(enquire);
    const Xapian::MSet found = enquire.get_mset(0, 1);
    return found.empty() ? 0 : found.begin().get_weight();
  }

  void put(int depth, std::string what, const Query& query, std::size_t works = 0) {
    out.push_back({depth, std::move(what), works, weight(query)});
  }

  void leaf(const Query& query, int depth) {
    const std::string term = *query.get_terms_begin();
    put(depth, term_label(term), query, database_.get_termfreq(term));
  }

  void scaled(const Query& query, int depth) {
    const double factor = factor_of(query);
    const Query inner = query.get_subquery(0);
    const std::string what = factor == 0 ? "no weight: " + terms_of(inner) : fmt::format("times {:.3g}", factor);
    put(depth, what, query);
    if (factor != 0) walk(inner, depth + 1);
  }

  const Xapian::Database& database_;
  std::string work_;
  const std::function<void(Xapian::Enquire&)>& weigh_;
};

}  // namespace

std::string term_label(std::string_view term) {
  if (term.starts_with(kTwinPrefix)) return "shown from its fuller text";
  const bool stem = term.starts_with(kStemPrefix);
  if (stem) term.remove_prefix(kStemPrefix.size());
  const Row* row = row_of_term(term);
  if (!row) return std::string(term) + (stem ? " (stem)" : "");
  const std::string_view value = term.substr(row->prefix.size());
  if (value.starts_with(':')) return fmt::format("{} is {}", row->name, value.substr(1));
  return fmt::format("{}: {}{}", row->name, value, stem ? " (stem)" : "");
}

std::vector<ExplainedPart> explain(const Xapian::Database& database,
                                   const Xapian::Query& query,
                                   std::string_view id,
                                   const std::function<void(Xapian::Enquire&)>& weigh) {
  Explainer explainer(database, id, weigh);
  explainer.walk(query, 0);
  return std::move(explainer.out);
}

Json to_json(const Explanation& explanation) {
  Json parts = Json::array();
  for (const ExplainedPart& part : explanation.parts) {
    Json one = Json::object({{"depth", part.depth}, {"what", part.what}});
    one.set_if("works", part.works ? Json(part.works) : Json()).set("weight", part.weight);
    parts.push(std::move(one));
  }
  return Json::object({{"id", explanation.id}, {"title", explanation.title}, {"parts", std::move(parts)}});
}

}  // namespace colophon::indexer
