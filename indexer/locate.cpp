// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/locate.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.hpp"
#include "indexer/dictionary.hpp"
#include "indexer/places.hpp"
#include "indexer/query/stop_words.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kMaxMore = 10;
constexpr std::size_t kSharedBytes = 3;  // a stem and its words begin alike at least so far
constexpr std::size_t kMaxForms = 200;   // of one word in one document
constexpr double kHitShare = 0.05;       // how much many hits count beside different words
constexpr double kStopShare = 0.1;

bool has_prefix(std::string_view term) { return term.front() >= 'A' && term.front() <= 'Z'; }

using Positions = Places::Positions;

class Locator {
 public:
  Locator(const Xapian::Database& database, Xapian::docid document, const std::vector<std::string>& languages, Analyser& analyser)
      : database_(database), document_(document), languages_(languages), analyser_(analyser) {}

  // Where the first word of the group stands, with the others behind it.
  Positions positions_of(const Sought& sought) {
    Positions out = positions_of(sought.words.front());
    for (std::uint32_t place = 1; place < sought.words.size() && !out.empty(); ++place) {
      const Positions next = positions_of(sought.words[place]);
      std::erase_if(out, [&](std::uint32_t at) { return !std::ranges::binary_search(next, at + place); });
    }
    return out;
  }

 private:
  Positions positions_of(const Sought::Forms& forms) { return indexer::positions_of(terms_of(forms), database_, document_); }

  std::set<std::string, std::less<>> terms_of(const Sought::Forms& forms) {
    std::set<std::string, std::less<>> out;
    for (const std::string& word : forms.raw) collect(word, out, [&](std::string_view term) { return term == word; });
    if (!forms.pattern.empty()) {
      const std::string beginning = forms.pattern.substr(0, forms.pattern.find('*'));
      collect(beginning, out, [&](std::string_view term) { return !has_prefix(term) && fits(term, forms.pattern); });
    }
    std::set<std::string> beginnings;
    for (const std::string& stem : forms.stems) beginnings.insert(stem.substr(0, kSharedBytes));
    for (const std::string& beginning : beginnings) {
      collect(beginning, out, [&](std::string_view term) { return has_stem(forms, term); });
    }
    return out;
  }

  template <class Accept>
  void collect(const std::string& beginning, std::set<std::string, std::less<>>& out, Accept accept) {
    auto it = database_.termlist_begin(document_);
    const auto end = database_.termlist_end(document_);
    if (it != end) it.skip_to(beginning);
    for (; it != end && out.size() < kMaxForms; ++it) {
      const std::string term = *it;
      if (!term.starts_with(beginning)) return;
      if (accept(term)) out.insert(term);
    }
  }

  bool has_stem(const Sought::Forms& forms, std::string_view term) {
    const std::string folded = fold(term);
    const std::string_view accented = folded == term ? std::string_view{} : term;
    return std::ranges::any_of(languages_, [&](const std::string& language) {
      const auto [first, second] = analyser_.stems(language, folded, accented);
      return forms.stems.contains(first) || (!second.empty() && forms.stems.contains(second));
    });
  }

  const Xapian::Database& database_;
  Xapian::docid document_;
  const std::vector<std::string>& languages_;
  Analyser& analyser_;
};

double importance(const Sought& sought) {
  const bool common =
      sought.words.size() == 1 && !sought.words.front().raw.empty() && query::is_stop_word(*sought.words.front().raw.begin());
  return common ? kStopShare : 1;
}

}  // namespace

Located locate(const Xapian::Database& database,
               std::uint32_t document,
               std::string_view page_map,
               const std::vector<Sought>& sought,
               const std::vector<std::string>& languages,
               Analyser& analyser) {
  const std::vector<std::uint32_t> starts = decode_page_map(page_map);
  Locator locator(database, document, languages, analyser);
  std::map<int, double> scores;
  for (const Sought& one : sought) {
    if (!one.prefix.empty() || one.words.empty()) continue;
    std::map<int, std::size_t> counts;
    for (const std::uint32_t at : locator.positions_of(one)) ++counts[passage_at(starts, at)];
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
