// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/term_source.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr double kRounding = 1e-9;

}  // namespace

// When documents have come to be c times as long on the average: log2(1 + c·x) ≤ c·log2(1 + x) for c ≥ 1.
TermSource::TermSource(const Xapian::Database& index, const Frequent* frequent, double average_length)
    : index_(index),
      frequent_(frequent),
      norms_(average_length),
      longer_((frequent ? std::max(1.0, average_length / frequent->average_length()) : 1) * (1 + kRounding)),
      blocks_(frequent ? frequent->blocks() : index.get_lastdocid() / PostingList::kBlock + 1) {}

PostingList TermSource::list(const std::string& term) {
  const std::optional<PostingList> known = frequent_ ? frequent_->find(term) : std::nullopt;
  return known ? *known : read(term);
}

PostingList TermSource::read(const std::string& term) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> postings;
  for (auto it = index_.postlist_begin(term); it != index_.postlist_end(term); ++it) {
    if (*it / PostingList::kBlock >= blocks_) break;  // added since
    if (frequent_) frequent_->fetch_length(*it);      // they lie far from each other
    postings.emplace_back(*it, it.get_wdf());
  }
  PostingListBuilder& out = read_.emplace_back();
  for (const auto& [document, count] : postings) {
    if (!changed(document)) out.add(document, count, count * norm(document));
  }
  return out.finish(blocks_);
}

// A document that is gone has none.
std::uint32_t TermSource::read_length(std::uint32_t document) const {
  return changed(document) ? Frequent::kLong : index_.get_doclength(document);
}

}  // namespace colophon::indexer
