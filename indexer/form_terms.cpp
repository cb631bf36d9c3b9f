// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/form_terms.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.hpp"
#include "indexer/dictionary.hpp"

#include <xapian.h>

namespace colophon::indexer {
namespace {

constexpr std::size_t kSharedBytes = 3;   // a stem and its words begin alike at least so far
constexpr std::size_t kLongStem = 5;      // it shares a byte more
constexpr std::size_t kMaxForms = 200;    // of one word in one document
constexpr std::size_t kLongLook = 2'000;  // words of the dictionary
constexpr std::size_t kManyForms = 64;    // whose postings are opened
constexpr std::size_t kFewDocuments = 3;  // of one or two the lists are soon read

bool has_prefix(std::string_view term) { return term.front() >= 'A' && term.front() <= 'Z'; }

bool begins_with_any(std::string_view term, const std::vector<std::string>& beginnings) {
  return std::ranges::any_of(beginnings, [&](const std::string& one) { return term.starts_with(one); });
}

}  // namespace

std::vector<std::string> beginnings_of_words(std::string_view stem) {
  const std::string first(stem.substr(0, kSharedBytes));
  if (stem.size() < kLongStem) return {first};
  const char last = first.back(), next = stem[kSharedBytes];
  if (last == next && stem.size() == kLongStem) return {first};  // "dromen" of "droom"
  std::vector<std::string> out = {first + next, first + "ge"};
  if (std::string_view("aeou").find(last) != std::string_view::npos) out.push_back(first + 'e');
  for (const char accented : {'\xC3', '\xC4', '\xC5'})
    out.push_back(first + accented);  // Latin letters with marks, which stems have lost
  return out;
}

FormTerms::FormTerms(const Xapian::Database& database,
                     const std::vector<Sought>& sought,
                     const std::vector<std::string>& languages,
                     Analyser& analyser,
                     std::vector<std::uint32_t> documents)
    : analyser_(analyser), numbering_(analyser), documents_(std::move(documents)) {
  std::ranges::sort(documents_);
  for (const Sought& one : sought) {
    if (!one.prefix.empty()) continue;
    for (const Sought::Forms& forms : one.words) {
      One word{&forms, analyser.sought_stems(forms.stems, languages), {}};
      beginnings_.insert(forms.raw.begin(), forms.raw.end());
      if (!forms.pattern.empty()) beginnings_.insert(forms.pattern.substr(0, forms.pattern.find('*')));
      for (const std::string& stem : forms.stems)
        std::ranges::move(beginnings_of_words(stem), std::back_inserter(word.beginnings));
      beginnings_.insert(word.beginnings.begin(), word.beginnings.end());
      sought_.push_back(std::move(word));
    }
  }
  for (const std::uint32_t document : documents_) found_.emplace(document, none_found());
  if (documents_.size() >= kFewDocuments && ask_dictionary(database)) return;
  for (const std::uint32_t document : documents_) read_terms(database, document);
}

FormTerms::ByForms FormTerms::none_found() const {
  ByForms out;
  for (const One& one : sought_) out.try_emplace(one.forms);
  return out;
}

// A beginning of another one covers it.
template <class Each>
void FormTerms::each_beginning(Each each) const {
  const std::string* last = nullptr;
  for (const std::string& beginning : beginnings_) {
    if (last && beginning.starts_with(*last)) continue;
    last = &beginning;
    if (!each(beginning)) return;
  }
}

bool FormTerms::ask_dictionary(const Xapian::Database& database) {
  std::vector<std::string> near;  // looked at when it is known that there are few
  std::size_t left = kLongLook;
  each_beginning([&](const std::string& beginning) {
    const auto end = database.allterms_end(beginning);
    for (auto it = database.allterms_begin(beginning); left > 0 && it != end; ++it, --left) near.push_back(*it);
    return left > 0;
  });
  if (left == 0) return false;
  std::map<std::string, std::vector<const Sought::Forms*>> words;
  for (const std::string& term : near) {
    if (has_prefix(term)) continue;
    for (const One& one : sought_) {
      if (is(one, term)) words[term].push_back(one.forms);
    }
  }
  if (words.size() > kManyForms) return false;
  for (const auto& [word, forms] : words) {
    auto at = database.postlist_begin(word);
    const auto end = database.postlist_end(word);
    for (auto document = documents_.begin(); document != documents_.end() && at != end; ++document) {
      at.skip_to(*document);
      if (at == end || *at != *document) continue;
      for (const Sought::Forms* one : forms) found_.at(*document).at(one).insert(word);
    }
  }
  return true;
}

void FormTerms::read_terms(const Xapian::Database& database, std::uint32_t document) {
  auto it = database.termlist_begin(document);
  const auto end = database.termlist_end(document);
  ByForms& found = found_.at(document);
  each_beginning([&](const std::string& beginning) {
    if (it != end) it.skip_to(beginning);
    for (; it != end; ++it) {
      const std::string term = *it;
      if (!term.starts_with(beginning)) break;
      if (has_prefix(term)) continue;
      for (const One& one : sought_) {
        Terms& terms = found.at(one.forms);
        if (terms.size() < kMaxForms && is(one, term)) terms.insert(term);
      }
    }
    return true;
  });
}

bool FormTerms::is(const One& sought, const std::string& term) {
  const Sought::Forms& forms = *sought.forms;
  if (forms.raw.contains(term) || (!forms.pattern.empty() && fits(term, forms.pattern))) return true;
  return !forms.stems.empty() && has_stem(sought, term);
}

bool FormTerms::has_stem(const One& sought, std::string_view term) {
  if (!begins_with_any(term, sought.beginnings)) return false;
  const std::string folded = end_of_ascii(term, 0) == term.size() ? std::string(term) : fold(term);  // a term is in lower case
  const std::string_view accented = folded == term ? std::string_view{} : term;
  return analyser_.has_stem(sought.stems, folded, accented);
}

}  // namespace colophon::indexer
