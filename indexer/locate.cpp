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
using Terms = std::set<std::string, std::less<>>;

// The document's terms for each word that is sought, from one pass through its list of terms, which is costly to open.
class FormTerms {
 public:
  FormTerms(const std::vector<Sought>& sought, const std::vector<std::string>& languages, Analyser& analyser)
      : languages_(languages), analyser_(analyser) {
    for (const Sought& one : sought) {
      if (!one.prefix.empty()) continue;
      for (const Sought::Forms& forms : one.words) {
        found_.try_emplace(&forms);
        beginnings_.insert(forms.raw.begin(), forms.raw.end());
        if (!forms.pattern.empty()) beginnings_.insert(forms.pattern.substr(0, forms.pattern.find('*')));
        for (const std::string& stem : forms.stems) beginnings_.insert(stem.substr(0, kSharedBytes));
      }
    }
  }

  void read(const Xapian::Database& database, Xapian::docid document) {
    auto it = database.termlist_begin(document);
    const auto end = database.termlist_end(document);
    const std::string* last = nullptr;
    for (const std::string& beginning : beginnings_) {
      if (last && beginning.starts_with(*last)) continue;  // read already
      last = &beginning;
      if (it != end) it.skip_to(beginning);
      for (; it != end; ++it) {
        const std::string term = *it;
        if (!term.starts_with(beginning)) break;
        if (!has_prefix(term)) take(term);
      }
    }
  }

  const Terms& of(const Sought::Forms& forms) const { return found_.at(&forms); }

 private:
  void take(const std::string& term) {
    for (auto& [forms, terms] : found_) {
      if (terms.size() < kMaxForms && is(*forms, term)) terms.insert(term);
    }
  }

  bool is(const Sought::Forms& forms, const std::string& term) {
    if (forms.raw.contains(term) || (!forms.pattern.empty() && fits(term, forms.pattern))) return true;
    return !forms.stems.empty() && has_stem(forms, term);
  }

  bool has_stem(const Sought::Forms& forms, std::string_view term) {
    const auto begins_alike = [&](const std::string& stem) { return term.starts_with(stem.substr(0, kSharedBytes)); };
    if (std::ranges::none_of(forms.stems, begins_alike)) return false;
    const std::string folded = fold(term);
    const std::string_view accented = folded == term ? std::string_view{} : term;
    return std::ranges::any_of(languages_, [&](const std::string& language) {
      const auto [first, second] = analyser_.stems(language, folded, accented);
      return forms.stems.contains(first) || (!second.empty() && forms.stems.contains(second));
    });
  }

  const std::vector<std::string>& languages_;
  Analyser& analyser_;
  std::map<const Sought::Forms*, Terms> found_;
  Terms beginnings_;
};

// Where any of the words, all of which the document has, stands in its text.
Positions positions_of(const Terms& words, const Places& places) {
  Positions out;
  for (const std::string& word : words) places.find(PlacedWord(word), text_fields(), out);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Where the first word of the group stands, with the others behind it.
Positions positions_of(const Sought& sought, const FormTerms& terms, const Places& places) {
  Positions out = positions_of(terms.of(sought.words.front()), places);
  for (std::uint32_t place = 1; place < sought.words.size() && !out.empty(); ++place) {
    const Positions next = positions_of(terms.of(sought.words[place]), places);
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

Located locate(const Xapian::Database& database,
               std::uint32_t document,
               std::string_view page_map,
               const std::vector<Sought>& sought,
               const std::vector<std::string>& languages,
               Analyser& analyser) {
  const std::vector<std::uint32_t> starts = decode_page_map(page_map);
  if (starts.empty()) return {};  // nothing but the record
  FormTerms terms(sought, languages, analyser);
  terms.read(database, document);
  const std::string bytes =
      database.get_document(document, Xapian::DOC_ASSUME_VALID).get_value(static_cast<Xapian::valueno>(Slot::places));
  const Places places(bytes);
  std::map<int, double> scores;
  for (const Sought& one : sought) {
    if (!one.prefix.empty() || one.words.empty()) continue;
    std::map<int, std::size_t> counts;
    for (const std::uint32_t at : positions_of(one, terms, places)) ++counts[passage_at(starts, at)];
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
