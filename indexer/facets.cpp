// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/facets.hpp"

#include <algorithm>
#include <utility>

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

struct FacetCounter::Counts {
  std::vector<const Row*> rows;
  std::vector<std::vector<Part>> parts;  // by shard, then facet
  std::size_t passed = 0;
  std::size_t step = 1;  // every so many documents are looked at

  // Who fails one filter still counts for that filter's own facet.
  void take(std::vector<Part>& facets, Xapian::docid document) {
    const Part* failed = nullptr;
    for (const Part& part : facets) {
      if (part.allowed.empty() || part.allowed[part.column->code(document)]) continue;
      if (failed) return;
      failed = &part;
    }
    for (Part& part : facets) {
      if (!failed || failed == &part) part.counts[part.column->code(document)] += static_cast<std::uint32_t>(step);
    }
    passed += failed ? 0 : step;
  }
};

// Every step-th document of one index. The matcher asks for its weight at each match, and by that it sees them all without a
// Xapian::Document being made of each, as a decider or a spy would cost.
class FacetCounter::Passing final : public Xapian::PostingSource {
 public:
  Passing(Counts& counts, std::vector<Part>& facets) : counts_(counts), facets_(facets) {}

  void init(const Xapian::Database& index) override {
    last_ = index.get_lastdocid();
    size_ = index.get_doccount() / static_cast<Xapian::doccount>(counts_.step) + 1;
    at_ = taken_ = 0;
    set_maxweight(1);  // else none is asked for
  }
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return size_; }
  Xapian::doccount get_termfreq_max() const override { return size_; }
  double get_weight() const override {
    if (std::exchange(taken_, at_) != at_) counts_.take(facets_, at_);
    return 0;
  }
  void next(double least) override { skip_to(at_ + 1, least); }
  void skip_to(Xapian::docid wanted, double) override {
    const auto step = static_cast<Xapian::docid>(counts_.step);
    at_ = std::max(at_, (wanted + step - 1) / step * step);
  }
  bool at_end() const override { return at_ > last_; }
  Xapian::docid get_docid() const override { return at_; }

 private:
  Counts& counts_;
  std::vector<Part>& facets_;
  Xapian::docid last_ = 0, at_ = 0;
  mutable Xapian::docid taken_ = 0;
  Xapian::doccount size_ = 0;
};

FacetCounter::FacetCounter(const std::vector<std::string>& names,
                           const std::vector<Filter>& filters,
                           std::span<const Columns* const> shards)
    : counts_(std::make_unique<Counts>()) {
  for (const std::string& name : names) {
    const Row* row = facet_named(name);
    if (row && std::ranges::find(counts_->rows, row) == counts_->rows.end()) counts_->rows.push_back(row);
  }
  for (const Columns* columns : shards) {
    std::vector<Part>& facets = counts_->parts.emplace_back();
    for (const Row* row : counts_->rows) facets.push_back(part_of(*row, filters, *columns));
  }
}
FacetCounter::~FacetCounter() = default;

bool FacetCounter::empty() const { return counts_->rows.empty(); }
bool FacetCounter::holds(const Filter& filter, const std::vector<std::string>& names) {
  const Row* row = facet_named(filter.name);
  return row && std::ranges::any_of(names, [&](const std::string& name) { return facet_named(name) == row; });
}
void FacetCounter::count(std::span<const Xapian::Database> shards, const Xapian::Query& query, std::size_t limit) {
  std::size_t expected = 0;
  const auto enquire = [&](const Xapian::Database& index, const Xapian::Query& asked) {
    Xapian::Enquire out(index);
    out.set_query(asked);
    return out;
  };
  for (const Xapian::Database& index : shards) expected += enquire(index, query).get_mset(0, 0).get_matches_estimated();
  counts_->step = std::max<std::size_t>(1, (expected + limit - 1) / std::max<std::size_t>(limit, 1));
  const Xapian::Query matching(Xapian::Query::OP_SCALE_WEIGHT, query, 0.0);
  for (std::size_t i = 0; i < shards.size(); ++i) {
    Passing passing(*counts_, counts_->parts[i]);
    Xapian::Enquire asked = enquire(shards[i], Xapian::Query(Xapian::Query::OP_AND, matching, Xapian::Query(&passing)));
    asked.get_mset(0, 0, shards[i].get_doccount());
  }
}
bool FacetCounter::exact() const { return counts_->step == 1; }
std::size_t FacetCounter::passed() const { return counts_->passed; }

std::map<std::string, std::vector<FacetValue>> FacetCounter::counts() const {
  std::map<std::string, std::vector<FacetValue>> out;
  for (std::size_t i = 0; i < counts_->rows.size(); ++i) {
    std::map<std::string, std::size_t> single;
    for (const std::vector<Part>& facets : counts_->parts) {
      const Part& part = facets[i];
      for (std::size_t code = 1; code < part.counts.size(); ++code) {
        if (part.counts[code] == 0) continue;
        for (const std::string_view value : split(part.column->values[code], kListSeparator))
          single[std::string(value)] += part.counts[code];
      }
    }
    out[std::string(counts_->rows[i]->name)] = in_order(*counts_->rows[i], single);
  }
  return out;
}

}  // namespace colophon::indexer
