// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/locate.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "indexer/places.hpp"
#include "indexer/query/stop_words.hpp"

namespace colophon::indexer {
namespace {

constexpr std::size_t kMaxMore = 10;
constexpr double kHitShare = 0.05;  // how much many hits count beside different words
constexpr double kStopShare = 0.1;

using Positions = Places::Positions;
// Where any of the words, all of which the document has, stands in its text.
Positions positions_of(const FormTerms::Terms& words, const Places& places) {
  Positions out;
  for (const std::string& word : words) places.find(PlacedWord(word), text_fields(), out);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Where the first word of the group stands, with the others behind it.
Positions positions_of(const Sought& sought, const FormTerms& terms, std::uint32_t document, const Places& places) {
  Positions out = positions_of(terms.of(document, sought.words.front()), places);
  for (std::uint32_t place = 1; place < sought.words.size() && !out.empty(); ++place) {
    const Positions next = positions_of(terms.of(document, sought.words[place]), places);
    std::erase_if(out, [&](std::uint32_t at) { return !std::ranges::binary_search(next, at + place); });
  }
  return out;
}

double importance(const Sought& sought) {
  const bool common =
      sought.words.size() == 1 && !sought.words.front().raw.empty() && query::is_stop_word(*sought.words.front().raw.begin());
  return common ? kStopShare : 1;
}

}  // namespace

Located locate(std::uint32_t document,
               std::string_view page_map,
               std::string_view bytes,
               const std::vector<Sought>& sought,
               const FormTerms& terms) {
  const std::vector<std::uint32_t> starts = decode_page_map(page_map);
  if (starts.empty()) return {};  // nothing but the record
  const Places places(bytes);
  std::map<int, double> scores;
  for (const Sought& one : sought) {
    if (!one.prefix.empty() || one.words.empty()) continue;
    std::map<int, std::size_t> counts;
    for (const std::uint32_t at : positions_of(one, terms, document, places)) ++counts[passage_at(starts, at)];
    for (const auto& [passage, count] : counts)
      scores[passage] += importance(one) * (1 + kHitShare * std::log(static_cast<double>(count)));
  }
  std::vector<std::pair<int, double>> order(scores.begin(), scores.end());
  // the record's own fields only when they say clearly more than any passage
  std::ranges::stable_sort(order, [](const auto& a, const auto& b) {
    return a.second - (a.first < 0 ? 0.6 : 0) > b.second - (b.first < 0 ? 0.6 : 0);
  });
  Located out;
  if (!order.empty()) out.best = order.front().first;
  for (const auto& [passage, score] : order) {
    if (passage >= 0 && passage != out.best && out.more.size() < kMaxMore) out.more.push_back(passage);
  }
  return out;
}

}  // namespace colophon::indexer
