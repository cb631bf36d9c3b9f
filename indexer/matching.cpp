// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/matching.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "indexer/dictionary.hpp"

namespace colophon::indexer {
namespace {

constexpr std::size_t kMaxWanted = 64;

}  // namespace

Matcher::Matcher(const std::vector<Sought>& sought, const std::vector<std::string>& languages, Analyser& analyser)
    : languages_(languages), analyser_(analyser), numbering_(analyser) {
  for (std::size_t group = 0; group < sought.size(); ++group) {
    first_.push_back(wanted_.size());
    const bool fits = sought[group].prefix.empty() && wanted_.size() + sought[group].words.size() <= kMaxWanted;
    for (std::size_t place = 0; fits && place < sought[group].words.size(); ++place) {
      wanted_.push_back({group, place, &sought[group].words[place]});
      note_beginnings(*wanted_.back().forms);
    }
  }
  first_.push_back(wanted_.size());
}

// As is() has it: raw forms and what stands before a wildcard begin like the word, stems so that may_be_stem_of() holds.
void Matcher::note_beginnings(const Sought::Forms& forms) {
  const auto note = [&](std::string_view beginning) {
    if (beginning.empty()) any_beginning_ = true;
    else if (const auto first = static_cast<unsigned char>(beginning.front()); first < 0x80)
      beginnings_.set(first),
          beginnings_.set(static_cast<unsigned char>(is_ascii_alpha(beginning.front()) ? first ^ 0x20 : first));
  };
  for (const std::string& form : forms.raw) note(form);
  for (const std::string& stem : forms.stems) note(stem);
  if (!forms.stems.empty()) note("ge");
  if (!forms.pattern.empty()) note(forms.pattern.substr(0, forms.pattern.find('*')));
}

bool Matcher::is(const Sought::Forms& forms, std::string_view folded, std::string_view accented) {
  if (forms.raw.contains(folded) || (!accented.empty() && forms.raw.contains(accented))) return true;
  if (!forms.pattern.empty() && fits(folded, forms.pattern)) return true;
  const auto begins_alike = [&](const std::string& stem) { return may_be_stem_of(stem, folded); };
  if (std::ranges::none_of(forms.stems, begins_alike)) return false;
  return analyser_.has_stem(forms.stems, languages_, folded, accented);
}

std::uint64_t Matcher::match(std::string_view folded, std::string_view accented) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (is(*wanted_[i].forms, folded, accented)) out |= std::uint64_t{1} << i;
  }
  return out;
}

std::uint64_t Matcher::match(const Token& token) {
  if (token.folded.empty()) return 0;
  const auto [known, fresh] = known_.try_emplace(token.word, 0);
  if (fresh) known->second = match(token.folded, token.accented);
  return known->second;
}

std::uint64_t Matcher::match_remembered(std::string_view plain) {
  lower_.assign(plain);
  for (char& c : lower_) c = static_cast<char>(is_ascii_digit(c) ? c : c | 0x20);
  const auto [known, fresh] = known_plain_.try_emplace(lower_, 0);
  if (fresh) known->second = match(lower_, {});
  return known->second;
}

}  // namespace colophon::indexer
