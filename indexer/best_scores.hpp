// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstddef>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "indexer/scored.hpp"

namespace colophon::indexer {

/// Internal: the best documents so far: the `wanted` that weigh most, and all that weigh as much as the last of them.
class BestScores {
 public:
  explicit BestScores(std::size_t wanted) : wanted_(wanted) {}

  std::size_t wanted() const { return wanted_; }
  /// A document that weighs less is not among the best, or not guessed to be. -1 as long as any is.
  double least() const { return std::max(known_, guessed_); }
  void add(Score score) {
    if (score.weight < least()) return;
    found_.push_back(score);
    note(score.weight);
  }

  /// There are enough documents that weigh so much, though they were not added.
  void promise(double weight) { known_ = std::max(known_, weight); }

  /// How many were added.
  std::size_t added() const { return found_.size(); }
  /// What the `place`-th best of those after the first `added` weighs, from 1; -1 where there are not so many.
  double weight_at(std::size_t place, std::size_t added) const {
    std::vector<double> weights;
    for (std::size_t i = added; i < found_.size(); ++i) weights.push_back(found_[i].weight);
    if (place == 0 || weights.size() < place) return -1;
    std::ranges::nth_element(weights, weights.begin() + static_cast<std::ptrdiff_t>(place - 1), std::ranges::greater());
    return weights[place - 1];
  }
  /// From now on documents below that are turned away, too.
  void guess(double weight) { guessed_ = std::max(guessed_, weight); }
  /// Whether nothing was missed by that. If not, what came after the first `added` is forgotten and must be added anew.
  bool guessed_well(std::size_t added) {
    if (std::exchange(guessed_, -1.0) <= known_) return true;
    found_.resize(added);
    weights_ = {};
    for (const Score& one : found_) note(one.weight);
    return false;
  }

  std::vector<Score> take() {
    std::erase_if(found_, [&](const Score& one) { return one.weight < known_; });
    return std::move(found_);
  }

 private:
  void note(double weight) {
    weights_.push(weight);
    if (weights_.size() > wanted_) weights_.pop();
    if (weights_.size() == wanted_) promise(weights_.top());
  }

  std::size_t wanted_;
  double known_ = -1, guessed_ = -1;
  std::vector<Score> found_;
  std::priority_queue<double, std::vector<double>, std::greater<>> weights_;  // the best `wanted`
};

}  // namespace colophon::indexer
