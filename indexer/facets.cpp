// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/facets.hpp"

#include <algorithm>

#include "base/text.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

const Row* facet_named(const std::string& name) {
  const Row* row = row_named(name);
  return row && row->facet == Facet::yes && row->slot != Slot::none ? row : nullptr;
}

bool chosen(const Row& row, std::string_view stored, const std::vector<std::string>& values) {
  for (const std::string_view one : split(stored, kListSeparator)) {
    const std::string term = value_term(row, one);
    if (std::ranges::any_of(values, [&](const std::string& value) { return value_term(row, value) == term; })) return true;
  }
  return false;
}

// A facet in one shard: how often each code came, and which codes its filters let through; none: all.
struct Part {
  const Columns::Column* column = nullptr;
  std::vector<std::uint32_t> counts;
  std::vector<char> allowed;
};

Part part_of(const Row& row, const std::vector<Filter>& filters, const Columns& columns) {
  Part out;
  out.column = columns.column(row);
  out.counts.resize(out.column->values.size());
  for (const Filter& filter : filters) {
    if (facet_named(filter.name) != &row) continue;
    std::vector<char> allowed;
    for (const std::string& stored : out.column->values) allowed.push_back(chosen(row, stored, filter.values));
    if (out.allowed.empty()) out.allowed = std::move(allowed);
    else
      std::ranges::transform(out.allowed, allowed, out.allowed.begin(), [](char a, char b) { return static_cast<char>(a & b); });
  }
  return out;
}

std::vector<FacetValue> in_order(const Row& row, const std::map<std::string, std::size_t>& counts) {
  std::vector<FacetValue> out;
  for (const auto& [value, count] : counts) out.push_back({value, count});
  if (row.match == Match::year)
    std::ranges::stable_sort(out, std::greater<>(), [](const FacetValue& v) { return std::stoi(v.value); });
  else std::ranges::stable_sort(out, std::greater<>(), &FacetValue::count);
  return out;
}

}  // namespace

class FacetCounter::Decider final : public Xapian::MatchDecider {
 public:
  bool operator()(const Xapian::Document& document) const override { return take(parts[shard], document.get_docid()); }

  std::vector<const Row*> rows;
  std::size_t shard = 0;
  mutable std::vector<std::vector<Part>> parts;  // by shard, then facet
  mutable std::size_t passed = 0;

 private:
  // Who fails one filter still counts for that filter's own facet.
  bool take(std::vector<Part>& facets, Xapian::docid document) const {
    const Part* failed = nullptr;
    for (const Part& part : facets) {
      if (part.allowed.empty() || part.allowed[part.column->code(document)]) continue;
      if (failed) return false;
      failed = &part;
    }
    for (Part& part : facets) {
      if (!failed || failed == &part) ++part.counts[part.column->code(document)];
    }
    passed += !failed;
    return !failed;
  }
};

FacetCounter::FacetCounter(const std::vector<std::string>& names,
                           const std::vector<Filter>& filters,
                           std::span<const Columns* const> shards)
    : decider_(std::make_unique<Decider>()) {
  for (const std::string& name : names) {
    const Row* row = facet_named(name);
    if (row && std::ranges::find(decider_->rows, row) == decider_->rows.end()) decider_->rows.push_back(row);
  }
  for (const Columns* columns : shards) {
    std::vector<Part>& facets = decider_->parts.emplace_back();
    for (const Row* row : decider_->rows) facets.push_back(part_of(*row, filters, *columns));
  }
}
FacetCounter::~FacetCounter() = default;

bool FacetCounter::empty() const { return decider_->rows.empty(); }
bool FacetCounter::holds(const Filter& filter, const std::vector<std::string>& names) {
  const Row* row = facet_named(filter.name);
  return row && std::ranges::any_of(names, [&](const std::string& name) { return facet_named(name) == row; });
}
void FacetCounter::count(std::size_t shard, const Xapian::Database& index, const Xapian::Query& query) {
  decider_->shard = shard;
  Xapian::Enquire enquire(index);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::DONT_CARE);
  enquire.get_mset(0, 0, index.get_doccount(), nullptr, decider_.get());
}
std::size_t FacetCounter::passed() const { return decider_->passed; }

std::map<std::string, std::vector<FacetValue>> FacetCounter::counts() const {
  std::map<std::string, std::vector<FacetValue>> out;
  for (std::size_t i = 0; i < decider_->rows.size(); ++i) {
    std::map<std::string, std::size_t> single;
    for (const std::vector<Part>& facets : decider_->parts) {
      const Part& part = facets[i];
      for (std::size_t code = 1; code < part.counts.size(); ++code) {
        if (part.counts[code] == 0) continue;
        for (const std::string_view value : split(part.column->values[code], kListSeparator))
          single[std::string(value)] += part.counts[code];
      }
    }
    out[std::string(decider_->rows[i]->name)] = in_order(*decider_->rows[i], single);
  }
  return out;
}

}  // namespace colophon::indexer
