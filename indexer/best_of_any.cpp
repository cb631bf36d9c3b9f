// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/best_of_any.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "indexer/any_of.hpp"
#include "indexer/any_scan.hpp"
#include "indexer/best_scores.hpp"
#include "indexer/frequent.hpp"
#include "indexer/query/at_least.hpp"
#include "indexer/reader.hpp"
#include "indexer/term_source.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

using Files = std::vector<std::optional<Frequent>>;  // of the databases

// None where reading lists from the indexes would be too much.
std::optional<Files> files_of(const Reader& reader) {
  Files out = lists_of(reader);
  std::size_t without = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!out[i]) without += reader.shards()[i].get_doccount();
  }
  const bool any = std::ranges::any_of(out, [](const auto& one) { return one.has_value(); });
  return any && without < Frequent::Limits{}.fewest_documents ? std::optional(std::move(out)) : std::nullopt;
}

std::vector<Xapian::docid> changed_in(const Files& files) {
  std::vector<Xapian::docid> out;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!files[i]) continue;
    for (const std::uint32_t document : files[i]->changed())
      out.push_back(static_cast<Xapian::docid>((document - 1) * files.size() + i + 1));
  }
  return out;
}

// Of what changed since the lists were made Xapian knows.
void add_changed(const Xapian::Query& query, const Reader& reader, const Files& files, BestScores& best) {
  std::vector<Xapian::docid> changed = changed_in(files);
  if (changed.empty()) return;
  const auto count = static_cast<Xapian::doccount>(changed.size());
  Xapian::Enquire enquire(reader.database());
  weigh(enquire);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, query, query::among(std::move(changed), reader.database())));
  const Xapian::MSet found = enquire.get_mset(0, count);
  for (auto it = found.begin(); it != found.end(); ++it) best.add({*it, it.get_weight()});
}

}  // namespace

std::optional<ScoredMatches> best_of_any(const Xapian::Query& query,
                                         const Reader& reader,
                                         std::size_t wanted,
                                         std::size_t counted) {
  const std::optional<Files> files = wanted > 0 ? files_of(reader) : std::nullopt;
  const std::optional<AnyOf> any = files ? any_of(query, reader.database(), reader.shards()) : std::nullopt;
  const std::size_t databases = reader.shards().size();
  if (!any || any->average_length == 0 || (!any->exact && any->estimated <= counted)) return std::nullopt;
  BestScores best(wanted);
  add_changed(query, reader, *files, best);
  std::optional<std::size_t> total = 0;
  for (std::size_t i = 0; i < databases; ++i) {
    const std::optional<Frequent>& file = (*files)[i];
    TermSource source(reader.shards()[i], file ? &*file : nullptr, any->average_length);
    const std::optional<std::size_t> here = scan(*any, {reader.shards()[i], i, databases}, source, best);
    total = total && here ? std::optional(*total + *here) : std::nullopt;
  }
  const std::vector<Score> found = best.take();
  if (found.size() < wanted) total = found.size();  // all that match
  if (any->exact) total = any->estimated;
  return ScoredMatches{std::make_shared<Xapian::Query>(query_of(found, reader.database())), total.value_or(any->estimated),
                       total.has_value()};
}

}  // namespace colophon::indexer
