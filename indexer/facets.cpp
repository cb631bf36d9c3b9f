// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/facets.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "indexer/frequent.hpp"
#include "indexer/matches.hpp"
#include "indexer/reader.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

const Row* facet_named(const std::string& name) {
  const Row* row = row_named(name);
  return row && row->facet == Facet::yes ? row : nullptr;
}

// By code: whether the list has one of the values.
std::vector<char> chosen(const Columns::Column& column, const std::vector<std::string>& values) {
  std::set<std::string> wanted;
  for (const std::string& value : values) wanted.insert(value_term(*column.row, value));
  std::vector<char> fits;
  for (const std::string& value : column.values) fits.push_back(wanted.contains(value_term(*column.row, value)));
  std::vector<char> out;
  for (std::size_t code = 0; code < column.ends.size(); ++code)
    out.push_back(std::ranges::any_of(column.list(code), [&](std::uint32_t id) { return id < fits.size() && fits[id]; }));
  return out;
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
  out.counts.resize(out.column->ends.size());
  for (const Filter& filter : filters) {
    if (facet_named(filter.name) != &row) continue;
    std::vector<char> allowed = chosen(*out.column, filter.values);
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

  static bool is_filtered(const std::vector<Part>& facets) {
    return std::ranges::any_of(facets, [](const Part& part) { return !part.allowed.empty(); });
  }

  void take_all(std::vector<Part>& facets, const Matches& matches) {
    matches.each_batch([&](std::span<const std::uint32_t> documents) {
      for (Part& part : facets) part.column->each_code(documents, [&](std::uint32_t code) { ++part.counts[code]; });
      passed += documents.size();
    });
  }

  // Who fails one filter still counts for that filter's own facet.
  void take(std::vector<Part>& facets, std::uint32_t document) {
    const Part* failed = nullptr;
    for (const Part& part : facets) {
      if (part.allowed.empty() || part.allowed[part.column->code(document)]) continue;
      if (failed) return;
      failed = &part;
    }
    for (Part& part : facets) {
      if (!failed || failed == &part) ++part.counts[part.column->code(document)];
    }
    passed += failed ? 0 : 1;
  }
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
void FacetCounter::count(const Reader& reader, const Xapian::Query& query) {
  const auto lists = lists_of(reader);
  for (std::size_t i = 0; i < lists.size(); ++i) {
    std::vector<Part>& facets = counts_->parts[i];
    const Matches matches = Matches::of(query, reader.shards()[i], lists[i] ? &*lists[i] : nullptr);
    if (!Counts::is_filtered(facets)) counts_->take_all(facets, matches);
    else matches.each([&](std::uint32_t document) { counts_->take(facets, document); });
  }
}
std::size_t FacetCounter::passed() const { return counts_->passed; }

std::map<std::string, std::vector<FacetValue>> FacetCounter::counts() const {
  std::map<std::string, std::vector<FacetValue>> out;
  for (std::size_t i = 0; i < counts_->rows.size(); ++i) {
    std::map<std::string, std::size_t> single;
    for (const std::vector<Part>& facets : counts_->parts) {
      const Part& part = facets[i];
      std::vector<std::size_t> of_value(part.column->values.size());
      for (std::size_t code = 1; code < part.counts.size(); ++code) {
        if (part.counts[code] == 0) continue;
        for (const std::uint32_t id : part.column->list(code)) {
          if (id < of_value.size()) of_value[id] += part.counts[code];
        }
      }
      for (std::size_t id = 0; id < of_value.size(); ++id) {
        if (of_value[id] > 0) single[part.column->values[id]] += of_value[id];
      }
    }
    out[std::string(counts_->rows[i]->name)] = in_order(*counts_->rows[i], single);
  }
  return out;
}

}  // namespace colophon::indexer
