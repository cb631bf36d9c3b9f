// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/facets.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

// One facet: how often each stored value came, lists as they stand; they are taken apart once at the end.
struct Column {
  const Row* row;
  std::unordered_map<std::string, std::size_t> stored;
};

std::map<std::string, std::size_t> single_values(const Column& column) {
  std::map<std::string, std::size_t> out;
  for (const auto& [stored, count] : column.stored) {
    if (column.row->match == Match::year) out[std::to_string(static_cast<int>(Xapian::sortable_unserialise(stored)))] += count;
    else
      for (const std::string_view value : split(stored, kListSeparator)) out[std::string(value)] += count;
  }
  return out;
}

std::vector<FacetValue> in_order(const Column& column) {
  std::vector<FacetValue> out;
  for (const auto& [value, count] : single_values(column)) out.push_back({value, count});
  if (column.row->match == Match::year) std::ranges::reverse(out);
  else std::ranges::stable_sort(out, std::greater<>(), &FacetValue::count);
  return out;
}

}  // namespace

class FacetCounter::Spy final : public Xapian::MatchSpy {
 public:
  void operator()(const Xapian::Document& document, double) override {
    for (Column& column : columns) {
      std::string value = document.get_value(static_cast<Xapian::valueno>(column.row->slot));
      if (!value.empty()) ++column.stored[std::move(value)];
    }
  }

  std::vector<Column> columns;
};

FacetCounter::FacetCounter(const std::vector<std::string>& names) : spy_(std::make_unique<Spy>()) {
  for (const std::string& name : names) {
    const Row* row = row_named(name);
    if (row && row->facet == Facet::yes) spy_->columns.push_back({row, {}});
  }
}
FacetCounter::~FacetCounter() = default;

bool FacetCounter::empty() const { return spy_->columns.empty(); }
Xapian::MatchSpy& FacetCounter::spy() { return *spy_; }

std::map<std::string, std::vector<FacetValue>> FacetCounter::counts() const {
  std::map<std::string, std::vector<FacetValue>> out;
  for (const Column& column : spy_->columns) out[std::string(column.row->name)] = in_order(column);
  return out;
}

}  // namespace colophon::indexer
