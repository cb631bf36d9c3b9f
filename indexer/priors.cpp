// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/priors.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "indexer/classes.hpp"
#include "indexer/schema.hpp"
#include "indexer/slot_values.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr double kManyCitations = 100;
constexpr double kHalfAge = 10;  // years

bool seeks_one(const query::Node& node) {
  using enum query::NodeKind;
  switch (node.kind) {
    case none_of:
    case synonym:
    case value:
    case range:
    case period: return false;
    case phrase:  // but not words that are written as one: nature-based
      if (node.text.find(' ') != std::string::npos) return true;
      break;
    default: break;
  }
  return !node.field.empty() || std::ranges::any_of(node.children, seeks_one);
}

std::size_t citations_of(std::string_view dois, const Xapian::Database& all, const std::vector<std::string>& classes) {
  static const Row& kReference = *row_named("reference");
  std::size_t out = 0;
  for (const std::string_view doi : split(dois, kListSeparator)) {
    if (!doi.empty()) out = std::max(out, works_with({value_term(kReference, doi)}, all, classes));
  }
  return out;
}

int year_of(const std::string& stored) { return stored.empty() ? 0 : static_cast<int>(Xapian::sortable_unserialise(stored)); }

}  // namespace

Priors priors_for(const query::Node& query) { return seeks_one(query) ? Priors::off : Priors::on; }

double citation_prior(std::size_t citations) {
  return std::min(1.0, std::log1p(static_cast<double>(citations)) / std::log1p(kManyCitations));
}

double recency_prior(int year, int this_year) { return year == 0 ? 0 : kHalfAge / (kHalfAge + std::max(0, this_year - year)); }

Priors add_priors(std::vector<Standing>& order,
                  const std::vector<Score>& matches,
                  const std::string& title,
                  int this_year,
                  const Weights& weights,
                  const Xapian::Database& all,
                  const std::vector<std::string>& classes) {
  const std::size_t count = std::min(order.size(), kCompany);
  if (count == 0) return Priors::off;
  std::vector<Xapian::docid> works;
  for (std::size_t i = 0; i < count; ++i) works.push_back(matches[order[i].first].document);
  const std::vector<std::string> titles = slot_values(Slot::title, works, all);
  if (std::ranges::find(titles, title) != titles.end()) return Priors::off;
  const std::vector<std::string> dois = slot_values(Slot::doi, works, all), years = slot_values(Slot::year, works, all);
  const double best = matches[0].weight;
  for (std::size_t i = 0; i < count; ++i) {
    order[i].citations = citations_of(dois[i], all, classes);
    order[i].year = year_of(years[i]);
    order[i].cited = weights.citation * best * citation_prior(order[i].citations);
    order[i].recent = weights.recency * best * recency_prior(order[i].year, this_year);
  }
  std::ranges::stable_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), std::greater<>(), &Standing::score);
  return Priors::on;
}

}  // namespace colophon::indexer
