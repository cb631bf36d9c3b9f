// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>

#include "indexer/number_table.hpp"

namespace colophon::indexer {

/// Internal: different numbers by order of first occurrence.
class Ordinals {
 public:
  /// Room for so many is made at once; more may come.
  explicit Ordinals(std::size_t expected) : behind_(expected) {}

  /// The number's place, from 0: size() of before when it is new.
  std::uint32_t of(std::uint32_t number) {
    std::uint32_t& behind = behind_[number];
    if (behind == 0) behind = static_cast<std::uint32_t>(behind_.size());
    return behind - 1;
  }
  /// Gives it a place; whether it had none yet.
  bool insert(std::uint32_t number) {
    const std::size_t before = size();
    return of(number) == before;
  }
  std::size_t size() const { return behind_.size(); }

 private:
  NumberTable<std::uint32_t> behind_;  // its place + 1
};

}  // namespace colophon::indexer
