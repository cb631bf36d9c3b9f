// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace colophon::indexer {

/// The numbers that ranking by relevance goes by, one set for everything; `colophon-score search-weights` tells how they were chosen
/// (docs/decisions/0012-ranking.md). Those of the first stage are factors of a word's weight, those of the second are shares.
struct Weights {
  double raw = 0.5;         ///< a word in exactly this form, beside 1 for its stem
  double common = 0.125;    ///< a stop word
  double synonym = 0.7;     ///< all other names of a concept together
  double near = 0.05;       ///< of the weight of neighbouring words that stand near each other in the work
  double topic = 0.3;       ///< of the best text weight, times the cosine of query and work in the index's topics
  double company = 0.5;     ///< of the mean score of the works that it is like, among the first
  double citation = 0.005;  ///< of the best text weight, for a work that many cite (priors.hpp)
  double recency = 0.005;   ///< of the best text weight, for a work of this year (priors.hpp)
};

}  // namespace colophon::indexer
