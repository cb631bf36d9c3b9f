// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace colophon::indexer {

/// Internal: a number of each key: a hash table with open addressing, for a few thousand keys a document.
template <class Key>
class NumberTable {
 public:
  /// Room for so many keys is made at once; more may come.
  explicit NumberTable(std::size_t expected)
      : cells_(std::bit_ceil(2 * expected + 2)), shift_(64 - std::countr_zero(cells_.size())) {}

  /// The key's number, 0 of a new one, which has to be given another before the next call.
  std::uint32_t& operator[](Key key) {
    Cell* cell = &cell_of(key);
    if (cell->number > 0) return cell->number;
    if (2 * ++size_ > cells_.size()) grow(), cell = &cell_of(key);
    cell->key = key;
    return cell->number;
  }
  std::size_t size() const { return size_; }

  /// each(key, number), in no order.
  template <class Each>
  void each(Each each) const {
    for (const Cell& cell : cells_) {
      if (cell.number > 0) each(cell.key, cell.number);
    }
  }

 private:
  struct Cell {
    Key key{};
    std::uint32_t number = 0;  // 0 is free
  };

  Cell& cell_of(Key key) {
    std::size_t at = std::uint64_t{key} * 0x9E3779B97F4A7C15ull >> shift_;  // Fibonacci hashing
    while (cells_[at].number > 0 && cells_[at].key != key) at = (at + 1) & (cells_.size() - 1);
    return cells_[at];
  }

  void grow() {
    std::vector<Cell> old(cells_.size() * 2);
    old.swap(cells_);
    --shift_;
    for (const Cell& cell : old) {
      if (cell.number > 0) cell_of(cell.key) = cell;
    }
  }

  std::vector<Cell> cells_;
  int shift_;
  std::size_t size_ = 0;
};

}  // namespace colophon::indexer
