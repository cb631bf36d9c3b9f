// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <vector>

#include "indexer/scored.hpp"
#include "indexer/snippet.hpp"
#include "indexer/weights.hpp"

namespace colophon::indexer {

class KeptSlot;
class Reader;

/// Internal: the second stage of ranking by relevance. The first is Xapian's, over all matches: IneB2 over stems, raw forms, title and
/// the other fields by their weights. The best kRankedAgain of it are ranked again by
///   text  +  near share · near  +  topic share · best text · cosine
/// where `near` is the text weight of the query's neighbouring words that stand within eight words of each other, and `cosine` is that of the query and the work in the index's topics. To the first kCompany then is added
///   company share · mean score of the others, by how alike they are
/// (regularisation of scores, Diaz 2005): a work among others that speak of the same is less likely to be there by chance of words.
inline constexpr std::size_t kRankedAgain = 200;
inline constexpr std::size_t kCompany = 30;

/// What a place in the list is made of; for explaining it too.
struct Standing {
  std::size_t first = 0;  ///< its place after the first stage, from 0
  double text = 0;        ///< each as it was added, so that they sum to the score
  double near = 0;
  double topic = 0;
  double company = 0;
  double cited = 0;   ///< priors.hpp
  double recent = 0;  ///< priors.hpp
  double score() const { return text + near + topic + company + cited + recent; }
  std::size_t citations = 0;  ///< what `cited` is for
  int year = 0;               ///< what `recent` is for; 0 is unknown
};

/// The order of the first kRankedAgain of `places` in `matches`, best first, equals as they were; the first place is 0. Where no more than
/// the first kCompany are `shown`, those behind them may lack their `near`. `word_places` is Slot::places. Throws Xapian's errors.
std::vector<Standing> ranked_again(const std::vector<Score>& matches,
                                   const std::vector<std::size_t>& places,
                                   std::size_t shown,
                                   const std::vector<Sought>& sought,
                                   const Weights& weights,
                                   const Reader& reader,
                                   KeptSlot& word_places);

}  // namespace colophon::indexer
