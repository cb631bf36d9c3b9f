// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/matches.hpp"

#include <algorithm>
#include <utility>

#include "indexer/frequent.hpp"
#include "indexer/query/at_least.hpp"

#include <xapian.h>

namespace colophon::indexer {

using Xapian::Query;

namespace {

// SIZE_MAX is what is not known.
std::size_t sum(std::size_t one, std::size_t other) { return other > SIZE_MAX - one ? SIZE_MAX : one + other; }

}  // namespace

void Matches::unite(const Matches& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}
void Matches::intersect(const Matches& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}
void Matches::subtract(const Matches& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
}
std::size_t Matches::size() const {
  std::size_t out = 0;
  for (const std::uint64_t word : words_) out += static_cast<std::size_t>(std::popcount(word));
  return out;
}

class Matches::Evaluation {
 public:
  Evaluation(const Xapian::Database& index, const Frequent* lists) : index_(index), lists_(lists) {}

  /// Of the documents `among`, where it is given: what is outside of it may be in the answer or not.
  Matches of(const Query& query, const Matches* among) const {
    switch (query.get_type()) {
      case Query::LEAF_MATCH_NOTHING: return none();
      case Query::LEAF_MATCH_ALL: return listed({}, nullptr);
      case Query::LEAF_TERM: return listed(*query.get_terms_begin(), among);
      case Query::OP_SCALE_WEIGHT:
      case Query::OP_AND_MAYBE: return of(query.get_subquery(0), among);
      case Query::OP_OR:
      case Query::OP_SYNONYM: return any(query, among);
      case Query::OP_AND:
      case Query::OP_FILTER: return all(query, among);
      case Query::OP_AND_NOT: return without(query, among);
      default: return asked(query, among);
    }
  }

 private:
  static constexpr std::size_t kWorthSkipping = 16;  // postings read in the time of one skip

  Matches none() const { return Matches(index_.get_lastdocid()); }

  Matches listed(const std::string& term, const Matches* among) const {
    Matches out = none();
    list(term, among, out);
    return out;
  }

  void list(const std::string& term, const Matches* among, Matches& out) const {
    const bool whole = !among || among->size() * kWorthSkipping > index_.get_termfreq(term);
    if (const auto in_file = whole && lists_ ? lists_->find(term) : std::nullopt) return out.unite(of_file(term, *in_file));
    auto at = index_.postlist_begin(term);
    const auto end = index_.postlist_end(term);
    if (at == end) return;
    if (whole) {
      for (; at != end; ++at) out.add(*at);
      return;
    }
    among->each([&](std::uint32_t document) {
      if (at == end) return;
      at.skip_to(document);
      if (at != end && *at == document) out.add(document);
    });
  }

  // What changed since the list was made is looked up.
  Matches of_file(const std::string& term, const PostingList& list) const {
    Matches out = none();
    const auto documents = static_cast<std::uint32_t>(out.words_.size()) * 64;
    for (std::uint32_t number = 0; number < lists_->blocks(); ++number) {
      const PostingList::Block block = list.block(number);
      for (std::size_t i = 0; i < block.size; ++i) {
        const std::uint32_t document = number * PostingList::kBlock + block.documents[i];
        if (document < documents) out.add(document);
      }
    }
    auto at = index_.postlist_begin(term);
    const auto end = index_.postlist_end(term);
    for (const std::uint32_t document : lists_->changed()) {
      if (document >= documents) continue;
      if (at != end) at.skip_to(document);
      if (at != end && *at == document) out.add(document);
      else out.remove(document);
    }
    return out;
  }

  Matches any(const Query& query, const Matches* among) const {
    Matches out = none();
    for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
      const Query one = query.get_subquery(i);
      if (one.get_type() == Query::LEAF_TERM) list(*one.get_terms_begin(), among, out);
      else out.unite(of(one, among));
    }
    return out;
  }

  // The rarest first, so that the others need only be looked up.
  Matches all(const Query& query, const Matches* among) const {
    std::vector<std::pair<std::size_t, Query>> parts;
    for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
      const Query part = query.get_subquery(i);
      parts.emplace_back(at_most(part), part);
    }
    std::ranges::stable_sort(parts, {}, [](const auto& part) { return part.first; });
    Matches out = of(parts.front().second, among);
    for (std::size_t i = 1; i < parts.size(); ++i) out.intersect(of(parts[i].second, &out));
    return out;
  }

  Matches without(const Query& query, const Matches* among) const {
    Matches out = of(query.get_subquery(0), among);
    for (std::size_t i = 1; i < query.get_num_subqueries(); ++i) out.subtract(of(query.get_subquery(i), &out));
    return out;
  }

  // About how many documents can match; what only the matcher knows comes last.
  std::size_t at_most(const Query& query) const {
    switch (query.get_type()) {
      case Query::LEAF_MATCH_NOTHING: return 0;
      case Query::LEAF_TERM: return index_.get_termfreq(*query.get_terms_begin());
      case Query::OP_SCALE_WEIGHT:
      case Query::OP_AND_MAYBE:
      case Query::OP_AND_NOT: return at_most(query.get_subquery(0));
      case Query::OP_OR:
      case Query::OP_SYNONYM: {
        std::size_t out = 0;
        for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) out = sum(out, at_most(query.get_subquery(i)));
        return out;
      }
      case Query::OP_AND:
      case Query::OP_FILTER: {
        std::size_t out = index_.get_doccount();
        for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) out = std::min(out, at_most(query.get_subquery(i)));
        return out;
      }
      case Query::LEAF_MATCH_ALL: return index_.get_doccount();
      default: return SIZE_MAX;
    }
  }

  Matches asked(const Query& query, const Matches* among) const {
    Matches out = none();
    Query wanted = query;
    if (among) {
      std::vector<Xapian::docid> left;
      among->each([&](std::uint32_t document) { left.push_back(document); });
      if (left.empty()) return out;
      wanted = Query(Query::OP_FILTER, query, query::among(std::move(left), index_));
    }
    Xapian::Enquire enquire(index_);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_query(wanted);
    const Xapian::MSet found = enquire.get_mset(0, index_.get_doccount());
    for (auto it = found.begin(); it != found.end(); ++it) out.add(*it);
    return out;
  }

  const Xapian::Database& index_;
  const Frequent* lists_;
};

std::size_t Matches::cost(const Query& query, const Xapian::Database& index) {
  switch (query.get_type()) {
    case Query::LEAF_MATCH_NOTHING: return 0;
    case Query::LEAF_MATCH_ALL: return index.get_doccount();
    case Query::LEAF_TERM: return index.get_termfreq(*query.get_terms_begin());
    case Query::OP_SCALE_WEIGHT:
    case Query::OP_AND_MAYBE: return cost(query.get_subquery(0), index);
    case Query::OP_OR:
    case Query::OP_SYNONYM:
    case Query::OP_AND:
    case Query::OP_FILTER:
    case Query::OP_AND_NOT: break;
    default: return SIZE_MAX;
  }
  std::size_t out = 0;
  for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) out = sum(out, cost(query.get_subquery(i), index));
  return out;
}

Matches Matches::of(const Query& query, const Xapian::Database& index, const Frequent* lists) {
  return Evaluation(index, lists).of(query, nullptr);
}

}  // namespace colophon::indexer
