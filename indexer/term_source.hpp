// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <deque>
#include <string>

#include "indexer/frequent.hpp"
#include "indexer/posting_list.hpp"
#include "indexer/weighting.hpp"

namespace Xapian {
class Database;
}

namespace colophon::indexer {

/// Internal: a database's lists of postings, frequent terms' from the file and others from the index, and the lengths of its documents.
/// Without the file all is read from the index, which is for small ones. Throws Xapian's errors.
class TermSource {
 public:
  /// `average_length` is that of the search, over all of its databases. Both must outlive it.
  TermSource(const Xapian::Database& index, const Frequent* frequent, double average_length);

  /// Valid as long as this.
  PostingList list(const std::string& term);
  /// The wdfn of a document is at most so many times what its code says.
  double longer() const { return longer_; }
  /// Of documents.
  std::uint32_t blocks() const { return blocks_; }
  std::uint32_t length(std::uint32_t document) const {
    const std::uint16_t known = frequent_ ? frequent_->length(document) : Frequent::kLong;
    return known < Frequent::kLong ? known : read_length(document);
  }
  double norm(std::uint32_t document) { return norms_.of(length(document)); }
  /// Whether what the lists say of it may be old.
  bool changed(std::uint32_t document) const { return frequent_ && frequent_->changed().contains(document); }
  bool any_changed() const { return frequent_ && !frequent_->changed().empty(); }

 private:
  PostingList read(const std::string& term);
  std::uint32_t read_length(std::uint32_t document) const;

  const Xapian::Database& index_;
  const Frequent* frequent_;
  LengthNorms norms_;
  double longer_;
  std::uint32_t blocks_;
  std::deque<PostingListBuilder> read_;
};

}  // namespace colophon::indexer
