// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace Xapian {
class Database;
class Query;
}  // namespace Xapian

namespace colophon::indexer {

class Frequent;

/// Internal: the documents of one index that a query matches, a bit each by their number; who they are and how many, without weights.
/// Lists of postings are read once and joined as bits, where Xapian's matcher calls through its tree for each document: about a tenth of
/// its time. What it alone can tell (values, our own sources) it is asked for, among what is left.
class Matches {
 public:
  /// With `lists` of this index, terms that are in them are read there: a posting takes a tenth of the time. Throws Xapian's errors.
  static Matches of(const Xapian::Query& query, const Xapian::Database& index, const Frequent* lists = nullptr);
  /// At most so many postings are read for that, about 10 ns each; SIZE_MAX where the matcher must be asked. Throws Xapian's errors.
  static std::size_t cost(const Xapian::Query& query, const Xapian::Database& index);

  std::size_t size() const;  ///< documents
  bool has(std::uint32_t document) const {
    return document / 64 < words_.size() && (words_[document / 64] >> (document % 64) & 1) != 0;
  }
  /// By rising number.
  template <class Each>
  void each(Each visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t left = words_[i]; left != 0; left &= left - 1)
        visit(static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(left))));
    }
  }
  /// The same in batches, visit(a span of numbers), for who does several things with each.
  template <class Each>
  void each_batch(Each visit) const {
    std::array<std::uint32_t, 2048> batch;
    std::size_t count = 0;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t left = words_[i]; left != 0; left &= left - 1)
        batch[count++] = static_cast<std::uint32_t>(i * 64 + static_cast<std::size_t>(std::countr_zero(left)));
      if (count <= batch.size() - 64) continue;
      visit(std::span<const std::uint32_t>(batch.data(), count));
      count = 0;
    }
    visit(std::span<const std::uint32_t>(batch.data(), count));
  }

 private:
  class Evaluation;
  explicit Matches(std::size_t documents) : words_(documents / 64 + 1) {}
  void add(std::uint32_t document) { words_[document / 64] |= std::uint64_t{1} << (document % 64); }
  void remove(std::uint32_t document) { words_[document / 64] &= ~(std::uint64_t{1} << (document % 64)); }
  void unite(const Matches& other);
  void intersect(const Matches& other);
  void subtract(const Matches& other);

  std::vector<std::uint64_t> words_;
};

}  // namespace colophon::indexer
