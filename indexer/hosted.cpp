// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/hosted.hpp"

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

#include "indexer/matches.hpp"
#include "indexer/reader.hpp"
#include "indexer/schema.hpp"
#include "indexer/scored.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

using Xapian::Query;

bool any_part(const Query& query, bool (*is)(const Query&)) {
  if (is(query)) return true;
  for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
    if (any_part(query.get_subquery(i), is)) return true;
  }
  return false;
}

bool has_source(const Query& query) {
  return any_part(query, [](const Query& part) { return part.get_type() == Query::LEAF_POSTING_SOURCE; });
}
bool excludes(const Query& query) {
  return any_part(query, [](const Query& part) { return part.get_type() == Query::OP_AND_NOT; });
}

// What of the hosts' answers matches indeed: nothing to look up where they were asked for just that.
class Sieve {
 public:
  Sieve(const Query& query, const std::vector<Xapian::Database>& shards) {
    if (!has_source(query)) return;
    for (const Xapian::Database& shard : shards) matches_.push_back(Matches::of(query, shard));
  }
  bool any() const { return !matches_.empty(); }
  bool passes(Xapian::docid document) const {
    const auto count = static_cast<Xapian::docid>(matches_.size());
    return count == 0 || matches_[(document - 1) % count].has((document - 1) / count + 1);
  }
  std::size_t total() const {
    std::size_t out = 0;
    for (const Matches& one : matches_) out += one.size();
    return out;
  }

 private:
  std::vector<Matches> matches_;
};

[[noreturn]] void open_anew() { throw Xapian::DatabaseModifiedError("a host fell silent"); }

// Those that the error tells of; all, where it tells nothing, for one of them spoke what is not understood.
void note_silent(const Reader& reader, const Xapian::Error* error) {
  bool known = false;
  for (const Host& host : reader.hosts()) {
    if (error && is_from(*error, host)) note_silent(host), known = true;
  }
  if (known) return;
  for (const Host& host : reader.hosts()) note_silent(host);
}

bool is_of_a_host(const Xapian::Error& error, const Reader& reader) {
  return std::ranges::any_of(reader.hosts(), [&](const Host& host) { return is_from(error, host); });
}

Xapian::MSet ranked(const Reader& reader,
                    const Query& query,
                    const std::function<void(Xapian::Enquire&)>& weigh,
                    std::size_t depth,
                    std::size_t check) {
  try {
    Xapian::Enquire enquire(reader.with_hosts());
    weigh(enquire);
    enquire.set_query(query);
    enquire.set_sort_by_relevance_then_value(static_cast<Xapian::valueno>(Slot::id), false);
    return enquire.get_mset(0, static_cast<Xapian::doccount>(depth), static_cast<Xapian::doccount>(check));
  } catch (const Xapian::DatabaseError& error) {
    if (!is_of_a_host(error, reader)) throw;  // our own copy
    note_silent(reader, &error);
  } catch (const Xapian::Error& error) {
    note_silent(reader, &error);
  } catch (const std::exception&) {
    note_silent(reader, nullptr);
  }
  open_anew();
}

}  // namespace

bool can_ask_hosts(const Query& query) {
  if (!has_source(query)) return true;
  switch (query.get_type()) {
    case Query::LEAF_POSTING_SOURCE: return true;
    case Query::OP_SCALE_WEIGHT: return can_ask_hosts(query.get_subquery(0));
    case Query::OP_AND_MAYBE:
    case Query::OP_AND_NOT: return can_ask_hosts(query.get_subquery(0)) && !has_source(query.get_subquery(1));
    case Query::OP_FILTER:  // its second part weighs nothing: more documents are enough
      return can_ask_hosts(query.get_subquery(0)) && !excludes(query.get_subquery(1));
    case Query::OP_AND:
      for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
        if (!can_ask_hosts(query.get_subquery(i))) return false;
      }
      return true;
    default: return false;
  }
}

ScoredMatches ask_hosts(const Reader& reader,
                        const Query& query,
                        const std::function<void(Xapian::Enquire&)>& weigh,
                        std::size_t wanted,
                        std::size_t check) {
  constexpr std::size_t kDeeper = 4;
  const Sieve sieve(query, reader.shards());
  const std::size_t all = reader.database().get_doccount();
  ScoredMatches out;
  for (std::size_t depth = std::min(all, wanted);; depth = std::min(all, depth * kDeeper)) {
    const Xapian::MSet found = ranked(reader, query, weigh, depth, std::min(all, check));
    out = scored(found);
    std::erase_if(out.best, [&](const Score& one) { return !sieve.passes(one.document); });
    if (out.best.size() >= wanted || found.size() < depth || depth == all) break;
  }
  if (out.best.size() > wanted) out.best.resize(wanted);
  if (sieve.any()) out.total = sieve.total(), out.exact = true;
  return out;
}

std::string open_source_name() { return Xapian::FixedWeightPostingSource(0).name(); }
std::string open_source() { return Xapian::FixedWeightPostingSource(0).serialise(); }

}  // namespace colophon::indexer
