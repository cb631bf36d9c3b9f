// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/thesaurus.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "indexer/terms.hpp"

namespace colophon::indexer {
namespace {

using Label = bib::Concept::Label;

template <class Use>
void for_each_label(const bib::Concept& one, Use use) {
  for (const Label& label : one.preferred) use(label, true);
  for (const Label& label : one.other) use(label, false);
}

// "en heat wav": the stems of the words in a language.
std::string stems_key(Analyser& analyser, std::string_view language, std::string_view text) {
  std::string out(language);
  analyser.tokens(text, [&](const Token& token) {
    const auto [first, second] = analyser.stems(language, token.folded, token.accented);
    out += " " + std::string(first.empty() ? token.folded : first);
  });
  return out;
}

// As terms of the index have it.
std::string concept_key(std::string_view id) { return squeeze(fold(id)); }

void add(std::vector<std::size_t>& list, std::size_t one) {
  if (std::ranges::find(list, one) == list.end()) list.push_back(one);
}

}  // namespace

Thesaurus::Thesaurus(std::vector<bib::Concept> concepts) : concepts_(std::move(concepts)), narrower_(concepts_.size()) {
  Analyser analyser;
  for (std::size_t i = 0; i < concepts_.size(); ++i) {
    by_id_.emplace(concept_key(concepts_[i].id), i);
    for_each_label(concepts_[i], [&](const Label& label, bool) {
      add(by_label_[fold_key(label.text)], i);
      const std::string_view tongue = stemmer_of(label.language);
      if (!tongue.empty()) add(by_stems_[stems_key(analyser, tongue, label.text)], i);
    });
  }
  for (std::size_t i = 0; i < concepts_.size(); ++i) {
    for (const std::string& id : concepts_[i].broader) {
      if (const auto found = by_id_.find(concept_key(id)); found != by_id_.end() && found->second != i)
        add(narrower_[found->second], i);
    }
  }
}

std::vector<std::size_t> Thesaurus::indexes_of(std::string_view text) const {
  const auto whole = by_label_.find(fold_key(text));
  if (whole != by_label_.end()) return whole->second;
  std::vector<std::size_t> out;
  if (by_stems_.empty()) return out;
  Analyser analyser;
  for (const std::string_view language : stemmed_languages()) {
    const auto found = by_stems_.find(stems_key(analyser, language, text));
    if (found == by_stems_.end()) continue;
    for (const std::size_t i : found->second) add(out, i);
  }
  return out;
}

std::vector<const bib::Concept*> Thesaurus::named(std::string_view text) const {
  std::vector<const bib::Concept*> out;
  for (const std::size_t i : indexes_of(text)) out.push_back(&concepts_[i]);
  return out;
}

std::vector<std::string> Thesaurus::ids_of(std::string_view text) const {
  std::vector<std::string> out;
  for (const bib::Concept* one : named(text)) out.push_back(one->id);
  return out;
}

std::vector<query::Label> Thesaurus::other_names(std::string_view text) const {
  std::vector<query::Label> out;
  std::set<std::string> known{fold_key(text)};
  std::vector<std::size_t> queue = indexes_of(text);
  for (std::size_t at = 0; at < queue.size(); ++at) {  // the list grows by what is narrower
    for_each_label(concepts_[queue[at]], [&](const Label& label, bool) {
      if (known.insert(fold_key(label.text)).second) out.push_back({label.text, label.language});
    });
    for (const std::size_t one : narrower_[queue[at]]) add(queue, one);
  }
  return out;
}

std::vector<query::Label> Thesaurus::beginning(std::string_view text, std::size_t limit) const {
  struct Found {
    int rank;
    query::Label label;
  };
  const std::string wanted = fold_key(text);
  std::vector<Found> found;
  std::set<std::string> known;
  for (const bib::Concept& one : concepts_) {
    for_each_label(one, [&](const Label& label, bool preferred) {
      const std::string key = fold_key(label.text);
      const bool first = key.starts_with(wanted);
      const bool fits = !wanted.empty() && (first || (" " + key).find(" " + wanted) != std::string::npos);
      if (fits && known.insert(key).second)
        found.push_back({(first ? 0 : 2) + (preferred ? 0 : 1), {label.text, label.language}});
    });
  }
  std::ranges::stable_sort(found, {}, &Found::rank);
  std::vector<query::Label> out;
  for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) out.push_back(std::move(found[i].label));
  return out;
}

const bib::Concept* Thesaurus::with_id(std::string_view id) const {
  const auto found = by_id_.find(concept_key(id));
  return found == by_id_.end() ? nullptr : &concepts_[found->second];
}

std::string Thesaurus::label_of(std::string_view id, std::string_view language) const {
  const bib::Concept* const one = with_id(id);
  if (!one) return std::string(id);
  for (const std::string_view wanted : {language, std::string_view("en")}) {
    const auto found = std::ranges::find(one->preferred, wanted, &Label::language);
    if (found != one->preferred.end()) return found->text;
  }
  if (!one->preferred.empty()) return one->preferred.front().text;
  return one->other.empty() ? std::string(id) : one->other.front().text;
}

std::vector<std::string> Thesaurus::with_broader(std::vector<std::size_t> numbers) const {
  for (std::size_t at = 0; at < numbers.size(); ++at) {  // the list grows by what is broader
    for (const std::string& id : concepts_[numbers[at]].broader) {
      if (const auto found = by_id_.find(concept_key(id)); found != by_id_.end()) add(numbers, found->second);
    }
  }
  std::vector<std::string> out;
  for (const std::size_t number : numbers) out.push_back(concepts_[number].id);
  return out;
}

void Thesaurus::each_label(const std::function<void(std::size_t number, const std::string& label)>& each) const {
  for (std::size_t i = 0; i < concepts_.size(); ++i)
    for_each_label(concepts_[i], [&](const Label& label, bool) { each(i, label.text); });
}

}  // namespace colophon::indexer
