// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace colophon::indexer {

/// Internal: different numbers by order of first occurrence: a hash table with open addressing, for a few thousand a document.
class Ordinals {
 public:
  /// Room for so many is made at once; more may come.
  explicit Ordinals(std::size_t expected) : cells_(std::bit_ceil(2 * expected + 2)) {}

  /// The number's place, from 0: size() of before when it is new.
  std::uint32_t of(std::uint32_t number) {
    Cell& cell = cell_of(number);
    if (cell.behind > 0) return cell.behind - 1;
    cell = {number, ++size_};
    const std::uint32_t out = size_ - 1;
    if (2 * std::size_t{size_} > cells_.size()) grow();
    return out;
  }
  /// Gives it a place; whether it had none yet.
  bool insert(std::uint32_t number) {
    const std::uint32_t before = size_;
    return of(number) == before;
  }
  std::size_t size() const { return size_; }

 private:
  struct Cell {
    std::uint32_t number = 0;
    std::uint32_t behind = 0;  // its place + 1; 0 is free
  };

  Cell& cell_of(std::uint32_t number) {
    std::size_t at = (std::uint64_t{number} * 0x9E3779B97F4A7C15ull >> 32) & (cells_.size() - 1);
    while (cells_[at].behind > 0 && cells_[at].number != number) at = (at + 1) & (cells_.size() - 1);
    return cells_[at];
  }

  void grow() {
    std::vector<Cell> old(cells_.size() * 2);
    old.swap(cells_);
    for (const Cell& cell : old) {
      if (cell.behind > 0) cell_of(cell.number) = cell;
    }
  }

  std::vector<Cell> cells_;
  std::uint32_t size_ = 0;
};

}  // namespace colophon::indexer
