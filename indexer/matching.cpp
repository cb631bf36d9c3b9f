// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/matching.hpp"

#include <algorithm>

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
    for (std::size_t place = 0; fits && place < sought[group].words.size(); ++place)
      wanted_.push_back({group, place, &sought[group].words[place]});
  }
  first_.push_back(wanted_.size());
}

bool Matcher::is(const Sought::Forms& forms, std::string_view folded, std::string_view accented) {
  if (forms.raw.contains(folded) || (!accented.empty() && forms.raw.contains(accented))) return true;
  if (!forms.pattern.empty() && fits(folded, forms.pattern)) return true;
  const auto begins_alike = [&](const std::string& stem) { return may_be_stem_of(stem, folded); };
  if (std::ranges::none_of(forms.stems, begins_alike)) return false;
  return std::ranges::any_of(languages_, [&](const std::string& language) {
    const auto [first, second] = analyser_.stems(language, folded, accented);
    return (!first.empty() && forms.stems.contains(first)) || (!second.empty() && forms.stems.contains(second));
  });
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

}  // namespace colophon::indexer
