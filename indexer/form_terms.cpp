// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/form_terms.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "indexer/dictionary.hpp"
#include "indexer/schema.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kSharedBytes = 3;   // a stem and its words begin alike at least so far
constexpr std::size_t kLongStem = 5;      // it shares a byte more
constexpr std::size_t kEnding = 2;        // what a stemmer of endings may write in place of one
constexpr std::size_t kMostShared = 6;    // bytes that are looked at
constexpr std::size_t kMaxForms = 200;    // of one word in one document
constexpr std::size_t kLongLook = 2'000;  // words of the dictionary
constexpr std::size_t kManyForms = 64;    // whose postings are opened
constexpr std::size_t kFewDocuments = 3;  // of one or two the lists are soon read
constexpr Tongues kAny = ~Tongues{0};

// Of what is found in any language and of what is stemmed in some.
bool is_one_of(Tongues found, Tongues spoken) { return found == kAny || (found & spoken) != 0; }

bool has_prefix(std::string_view term) { return term.front() >= 'A' && term.front() <= 'Z'; }

Stretch beginning_with(std::string beginning) {
  if (beginning.empty()) return {"", "\xFF"};
  std::string last = beginning;
  ++last.back();  // no byte of UTF-8 is the highest
  return {std::move(beginning), std::move(last)};
}

bool any_holds(const std::vector<Stretch>& stretches, std::string_view term) {
  return std::ranges::any_of(stretches, [&](const Stretch& one) { return one.holds(term); });
}

Tongues with_inner_changes() {
  static const Tongues kTongues = tongues_of(std::vector<std::string>{"de", "nl"});
  return kTongues;
}

void add_inner_changes(std::string_view stem, std::vector<Stretch>& out) {
  const std::string first(stem.substr(0, kSharedBytes));
  if (stem.size() < kLongStem) return out.push_back(beginning_with(first));
  const char last = first.back(), next = stem[kSharedBytes];
  if (last == next && stem.size() == kLongStem) return out.push_back(beginning_with(first));  // "dromen" of "droom"
  out.push_back(beginning_with(first + next));
  out.push_back(beginning_with(first + "ge"));
  if (std::string_view("aeou").find(last) != std::string_view::npos) out.push_back(beginning_with(first + 'e'));
}

}  // namespace

std::vector<Stretch> stretches_of_stem(std::string_view stem, Tongues tongues) {
  std::vector<Stretch> out;
  const std::size_t endings =
      stem.size() < kLongStem ? kSharedBytes : std::clamp(stem.size() - kEnding, kSharedBytes + 1, kMostShared);
  if ((tongues & ~with_inner_changes()) != 0) out.push_back(beginning_with(std::string(stem.substr(0, endings))));
  if ((tongues & with_inner_changes()) != 0) add_inner_changes(stem, out);
  for (std::size_t marked = kSharedBytes; marked < endings; ++marked) {
    const std::string before(stem.substr(0, marked));
    out.push_back({before + '\xC3', before + '\xC6'});  // Latin letters with marks
  }
  return out;
}

FormTerms::FormTerms(const Xapian::Database& database,
                     const std::vector<Sought>& sought,
                     const std::vector<std::string>& languages,
                     Analyser& analyser,
                     std::vector<std::uint32_t> documents)
    : analyser_(analyser), numbering_(analyser) {
  const auto in_text = [](const Sought& one) { return one.prefix.empty(); };
  if (documents.empty() || std::ranges::none_of(sought, in_text)) return;
  for (const std::uint32_t document : documents) documents_.try_emplace(document);
  const std::vector<std::string> spoken = learn_tongues(database, languages);
  for (const Sought& one : sought) {
    if (!in_text(one)) continue;
    for (const Sought::Forms& forms : one.words) seek(forms, spoken);
  }
  join_stretches();
  for (const auto& [document, tongues] : documents_) found_.emplace(document, none_found());
  if (documents_.size() >= kFewDocuments && ask_dictionary(database)) return;
  for (const auto& [document, tongues] : documents_) read_terms(database, document);
}

// Gives those of the languages that are any document's.
std::vector<std::string> FormTerms::learn_tongues(const Xapian::Database& database, const std::vector<std::string>& languages) {
  std::vector<std::string> spoken;
  for (const std::string& language : languages) {
    const Tongues tongue = tongues_of({&language, 1});
    const std::string term = std::string(kStemmerPrefix) + language;
    auto at = database.postlist_begin(term);
    const auto end = database.postlist_end(term);
    bool any = false;
    for (auto& [document, tongues] : documents_) {
      if (at == end) break;
      at.skip_to(document);
      if (at != end && *at == document) tongues |= tongue, any = true;
    }
    if (any) spoken.push_back(language);
  }
  return spoken;
}

void FormTerms::seek(const Sought::Forms& forms, const std::vector<std::string>& spoken) {
  One word{&forms, analyser_.sought_stems(forms.stems, spoken), {}};
  for (const std::string& stem : forms.stems) {
    if (!spoken.empty() && !stem.empty())
      std::ranges::move(stretches_of_stem(stem, tongues_of(spoken)), std::back_inserter(word.stretches));
  }
  stretches_.insert(stretches_.end(), word.stretches.begin(), word.stretches.end());
  for (const std::string& raw : forms.raw) stretches_.push_back({raw, raw + '\0'});
  if (!forms.pattern.empty()) stretches_.push_back(beginning_with(forms.pattern.substr(0, forms.pattern.find('*'))));
  sought_.push_back(std::move(word));
}

void FormTerms::join_stretches() {
  std::ranges::sort(stretches_, {}, &Stretch::first);
  std::vector<Stretch> joined;
  for (Stretch& one : stretches_) {
    if (joined.empty() || joined.back().last < one.first) joined.push_back(std::move(one));
    else if (joined.back().last < one.last) joined.back().last = std::move(one.last);
  }
  stretches_ = std::move(joined);
}

FormTerms::ByForms FormTerms::none_found() const {
  ByForms out;
  for (const One& one : sought_) out.try_emplace(one.forms);
  return out;
}

bool FormTerms::ask_dictionary(const Xapian::Database& database) {
  std::vector<std::string> near;  // looked at when it is known that there are few
  auto it = database.allterms_begin();
  const auto every = database.allterms_end();
  for (const Stretch& stretch : stretches_) {
    if (it != every) it.skip_to(stretch.first);
    for (; it != every; ++it) {
      std::string term = *it;
      if (term >= stretch.last) break;
      if (near.size() == kLongLook) return false;
      near.push_back(std::move(term));
    }
  }
  struct Found {
    const Sought::Forms* forms;
    Tongues tongues;
  };
  std::map<std::string, std::vector<Found>> words;
  for (const std::string& term : near) {
    for (const One& one : sought_) {
      if (const Tongues tongues = tongues_in_which(one, term); tongues != 0) words[term].push_back({one.forms, tongues});
    }
  }
  if (words.size() > kManyForms) return false;
  for (const auto& [word, found] : words) {
    auto at = database.postlist_begin(word);
    const auto end = database.postlist_end(word);
    for (auto document = documents_.begin(); document != documents_.end() && at != end; ++document) {
      at.skip_to(document->first);
      if (at == end || *at != document->first) continue;
      for (const auto& [forms, tongues] : found) {
        if (is_one_of(tongues, document->second)) found_.at(document->first).at(forms).insert(word);
      }
    }
  }
  return true;
}

void FormTerms::read_terms(const Xapian::Database& database, std::uint32_t document) {
  auto it = database.termlist_begin(document);
  const auto end = database.termlist_end(document);
  ByForms& found = found_.at(document);
  for (const Stretch& stretch : stretches_) {
    if (it != end) it.skip_to(stretch.first);
    for (; it != end; ++it) {
      const std::string term = *it;
      if (term >= stretch.last) break;
      for (const One& one : sought_) {
        Terms& terms = found.at(one.forms);
        if (terms.size() < kMaxForms && is_one_of(tongues_in_which(one, term), documents_.at(document))) terms.insert(term);
      }
    }
  }
}

Tongues FormTerms::tongues_in_which(const One& sought, const std::string& term) {
  const Sought::Forms& forms = *sought.forms;
  if (has_prefix(term)) return 0;
  if (forms.raw.contains(term) || (!forms.pattern.empty() && fits(term, forms.pattern))) return kAny;
  if (!any_holds(sought.stretches, term)) return 0;
  const std::string folded = end_of_ascii(term, 0) == term.size() ? std::string(term) : fold(term);  // a term is in lower case
  const std::string_view accented = folded == term ? std::string_view{} : std::string_view(term);
  return analyser_.tongues_of_stem(sought.stems, folded, accented);
}

}  // namespace colophon::indexer
