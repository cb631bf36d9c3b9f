// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/best_of_any.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "indexer/any_of.hpp"
#include "indexer/any_scan.hpp"
#include "indexer/best_scores.hpp"
#include "indexer/frequent.hpp"
#include "indexer/query/at_least.hpp"
#include "indexer/reader.hpp"
#include "indexer/slot_values.hpp"
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

using Scores = std::span<Score>;

// REQUIRES: they weigh the same.
void put_by_id(Scores scores, const Xapian::Database& all) {
  std::vector<std::uint32_t> documents;
  for (const Score& one : scores) documents.push_back(one.document);
  const std::vector<std::string> ids = slot_values(Slot::id, documents, all);
  std::vector<std::pair<std::string_view, Score>> named;
  for (std::size_t i = 0; i < ids.size(); ++i) named.emplace_back(ids[i], scores[i]);
  std::ranges::sort(named, {}, [](const auto& one) { return std::pair(one.first, one.second.document); });
  for (std::size_t i = 0; i < ids.size(); ++i) scores[i] = named[i].second;
}

// Calls each() for those that are equal, two or more, of a range that is in order.
template <class Key, class Each>
void each_of_equals(Scores scores, Key key, Each each) {
  for (std::size_t begin = 0, end = 0; begin < scores.size(); begin = end) {
    while (end < scores.size() && key(scores[end]) == key(scores[begin])) ++end;
    if (end - begin > 1) each(scores.subspan(begin, end - begin));
  }
}

// Best first, equal ones by their ids, then by their numbers: as the matcher is told to put them. An id costs more to look up than all
// the rest of a document here, so that the files' beginnings of ids come first.
void put_in_order(std::vector<Score>& scores, const Files& files, const Xapian::Database& all) {
  const auto file = [&](const Score& one) {
    const std::optional<Frequent>& here = files[(one.document - 1) % files.size()];
    return here && here->tells(static_cast<std::uint32_t>((one.document - 1) / files.size() + 1)) ? &*here : nullptr;
  };
  const auto beginning = [&](const Score& one) {
    return file(one)->id_begin(static_cast<std::uint32_t>((one.document - 1) / files.size() + 1));
  };
  std::ranges::sort(scores, std::ranges::greater(), &Score::weight);
  each_of_equals(
      scores, [](const Score& one) { return one.weight; },
      [&](Scores equal) {
        if (!std::ranges::all_of(equal, file)) return put_by_id(equal, all);
        std::ranges::sort(equal, {}, beginning);
        each_of_equals(equal, beginning, [&](Scores alike) { put_by_id(alike, all); });
      });
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
  std::vector<Score> found = best.take();
  if (found.size() < wanted) total = found.size();  // all that match
  if (any->exact) total = any->estimated;
  put_in_order(found, *files, reader.database());
  if (found.size() > wanted) found.resize(wanted);
  return ScoredMatches{std::move(found), total.value_or(any->estimated), total.has_value()};
}

}  // namespace colophon::indexer
