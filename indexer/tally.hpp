// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace colophon::indexer {

/// Internal: how often each key was added: a hash table with open addressing, for a few thousand keys a document.
class Tally {
 public:
  void add(std::uint64_t key, std::uint32_t count) {
    Cell& cell = cell_of(key);
    if (cell.count == 0) {
      cell.key = key;
      if (++size_ * 2 > cells_.size()) return grow(key, count);
    }
    cell.count += count;
  }
  std::size_t size() const { return size_; }

  /// each(key, count), in no order.
  template <class Each>
  void each(Each each) const {
    for (const Cell& cell : cells_) {
      if (cell.count > 0) each(cell.key, cell.count);
    }
  }

 private:
  struct Cell {
    std::uint64_t key = 0;
    std::uint32_t count = 0;  // 0 is free
  };

  Cell& cell_of(std::uint64_t key) {
    std::size_t at = (key * 0x9E3779B97F4A7C15ull) >> shift_;
    while (cells_[at].count > 0 && cells_[at].key != key) at = (at + 1) & (cells_.size() - 1);
    return cells_[at];
  }

  void grow(std::uint64_t key, std::uint32_t count) {
    std::vector<Cell> old(cells_.size() * 2);
    old.swap(cells_);
    --shift_;
    for (const Cell& cell : old) {
      if (cell.count > 0) cell_of(cell.key) = cell;
    }
    cell_of(key) = {key, count};
  }

  std::vector<Cell> cells_ = std::vector<Cell>(1u << 10);
  unsigned shift_ = 54;
  std::size_t size_ = 0;
};

}  // namespace colophon::indexer
