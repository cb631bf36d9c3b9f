// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/feedback.hpp"

#include "indexer/matching.hpp"
#include "indexer/query/stop_words.hpp"
#include "indexer/schema.hpp"
#include "indexer/weighting.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr Xapian::doccount kWorks = 5;
constexpr std::size_t kWords = 10;
constexpr std::size_t kLooked = 10 * kWords;  // many telling words are forms of one

// Whole words of the text; a stem stands for several, which people would not know.
struct PlainWords : Xapian::ExpandDecider {
  bool operator()(const std::string& term) const override {
    constexpr std::size_t kShortest = 4;
    return term.size() >= kShortest && term.front() >= 'a' && term.front() <= 'z' && !query::is_stop_word(term);
  }
};

// The word in all of its forms.
Sought sought_word(const std::string& word, const std::vector<std::string>& languages, Analyser& analyser) {
  Sought::Forms forms{{word}, {}, {}};
  for (const std::string& language : languages) forms.stems.emplace(analyser.stems(language, word, {}).first);
  return {{forms}, {}};
}

}  // namespace

std::vector<std::string> feedback(const Xapian::Query& query,
                                  const std::vector<Sought>& sought,
                                  const Xapian::Database& all,
                                  const std::vector<std::string>& languages,
                                  Analyser& analyser) {
  Xapian::Enquire enquire(all);
  enquire.set_query(query);
  weigh(enquire);
  enquire.set_sort_by_relevance_then_value(static_cast<Xapian::valueno>(Slot::id), false);  // not as they were indexed
  const Xapian::MSet first = enquire.get_mset(0, kWorks);
  Xapian::RSet relevant;
  for (auto it = first.begin(); it != first.end(); ++it) relevant.add_document(*it);
  const PlainWords plain;
  const Xapian::ESet telling = enquire.get_eset(kLooked, relevant, Xapian::Enquire::USE_EXACT_TERMFREQ, &plain);
  Matcher asked(sought, languages, analyser);
  std::vector<Sought> known;
  std::vector<std::string> out;
  for (auto it = telling.begin(); it != telling.end() && out.size() < kWords; ++it) {
    if (all.get_termfreq(*it) < 2) continue;  // leads nowhere else
    if (asked.match(*it, {}) != 0 || Matcher(known, languages, analyser).match(*it, {}) != 0) continue;
    known.push_back(sought_word(*it, languages, analyser));
    out.push_back(*it);
  }
  return out;
}

}  // namespace colophon::indexer
