// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/matching.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "indexer/dictionary.hpp"

namespace colophon::indexer {
namespace {

constexpr std::size_t kMaxWanted = 64;

constexpr bool is_ascii_alnum(char c) { return is_ascii_alpha(c) || is_ascii_digit(c); }

}  // namespace

Matcher::Matcher(const std::vector<Sought>& sought, const std::vector<std::string>& languages, Analyser& analyser)
    : analyser_(analyser), numbering_(analyser) {
  for (std::size_t group = 0; group < sought.size(); ++group) {
    first_.push_back(wanted_.size());
    const bool fits = sought[group].prefix.empty() && wanted_.size() + sought[group].words.size() <= kMaxWanted;
    for (std::size_t place = 0; fits && place < sought[group].words.size(); ++place) {
      const Sought::Forms& forms = sought[group].words[place];
      wanted_.push_back({group, place, &forms, analyser.sought_stems(forms.stems, languages)});
      note_beginnings(forms);
    }
  }
  first_.push_back(wanted_.size());
}

void Matcher::note(char first, char second) {
  const auto cases = [](char c) { return std::array{c, static_cast<char>(is_ascii_alpha(c) ? c ^ 0x20 : c)}; };
  for (const char a : cases(first)) {
    for (const char b : cases(second)) beginnings_.set(static_cast<std::size_t>(a) << 7 | static_cast<std::size_t>(b));
  }
}

// Of forms beyond ASCII there is nothing to note: a word in ASCII has none.
void Matcher::note_beginning(std::string_view beginning) {
  if (beginning.empty()) beginnings_.set();
  else if (end_of_ascii(beginning) < std::min<std::size_t>(beginning.size(), 2)) return;
  else if (beginning.size() > 1) note(beginning[0], beginning[1]);
  for (int second = 0; second < 0x80; ++second) {
    const char c = static_cast<char>(second);
    if (!beginning.empty() && (beginning.size() == 1 || !is_ascii_alnum(c))) note(beginning[0], c);
  }
}

// As may_be_stem_of() has it, which looks for "ge" behind the first letter and at nothing else beyond two.
void Matcher::note_stem(std::string_view stem) {
  if (stem.empty() || static_cast<unsigned char>(stem.front()) >= 0x80) return note_beginning(stem);
  note('g', 'e');
  for (int second = 0; second < 0x80; ++second) {
    const char word[] = {stem.front(), static_cast<char>(second), 'e'};
    if (!is_ascii_alnum(word[1]) || may_be_stem_of(stem, {word, 3})) note(word[0], word[1]);
  }
}

// As is() has it: raw forms and what stands before a wildcard begin like the word.
void Matcher::note_beginnings(const Sought::Forms& forms) {
  for (const std::string& form : forms.raw) note_beginning(form);
  for (const std::string& stem : forms.stems) note_stem(stem);
  if (!forms.pattern.empty()) note_beginning(forms.pattern.substr(0, forms.pattern.find('*')));
}

namespace {

enum class Byte : std::uint8_t { other, word, blank, beyond };
constexpr std::array<Byte, 256> kBytes = [] {
  std::array<Byte, 256> out{};
  for (std::size_t byte = 0; byte < out.size(); ++byte) {
    const auto c = static_cast<char>(byte);
    out[byte] = byte >= 0x80 ? Byte::beyond : is_ascii_alnum(c) ? Byte::word : is_blank(c) ? Byte::blank : Byte::other;
  }
  return out;
}();
Byte byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? kBytes[static_cast<unsigned char>(text[at])] : Byte::blank;
}

// What may make one word of letters on both sides of it.
bool may_join(std::string_view text, std::size_t at) {
  return byte_at(text, at) == Byte::beyond ||
         (at < text.size() && std::string_view("'.,_").find(text[at]) != std::string_view::npos);
}

// The bytes of a sign that no word begins with: of those up to ¿ what is no letter, digit or soft hyphen, ×, ÷, dashes, quotation marks, dots.
std::size_t sign_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
  constexpr std::string_view kOthers = "\xAA\xAD\xB2\xB3\xB5\xB9\xBA\xBC\xBD\xBE";
  if (byte(0) == 0xC2) return byte(1) >= 0xA0 && kOthers.find(text[at + 1]) == std::string_view::npos ? 2 : 0;
  if (byte(0) == 0xC3) return byte(1) == 0x97 || byte(1) == 0xB7 ? 2 : 0;
  return byte(0) == 0xE2 && byte(1) == 0x80 && byte(2) >= 0x90 && byte(2) <= 0xA7 ? 3 : 0;
}

}  // namespace

// The letters and digits text[begin, end), which are a word or, where something may join them to others, a part of one.
bool Matcher::may_match(std::string_view text, std::size_t begin, std::size_t end) {
  if (!may_begin(text[begin], end - begin > 1 ? text[begin + 1] : '\0')) return false;
  const bool whole =
      (begin == 0 || !may_join(text, begin - 1)) && (!may_join(text, end) || byte_at(text, end + 1) == Byte::blank);
  return !whole || match_remembered(text.substr(begin, end - begin)) != 0;
}

Matcher::Piece Matcher::next_piece(std::string_view text, std::size_t at) {
  Piece out{at, text.size()};
  bool words = false;
  for (std::size_t i = at; i < text.size();) {
    const std::size_t begin = i++;
    bool found = false;
    switch (byte_at(text, begin)) {
      case Byte::other: break;
      case Byte::blank: out.begin = i, out.words_before = words; break;
      case Byte::beyond:
        found = sign_at(text, begin) == 0;
        i += found ? 0 : sign_at(text, begin) - 1;
        break;
      case Byte::word:
        while (byte_at(text, i) == Byte::word) ++i;
        found = may_match(text, begin, i);
        words = true;
    }
    if (!found) continue;
    for (out.end = i; byte_at(text, out.end) != Byte::blank;) ++out.end;
    return out;
  }
  return {text.size(), text.size(), words};
}

bool Matcher::is(const Wanted& wanted, std::string_view folded, std::string_view accented) {
  const Sought::Forms& forms = *wanted.forms;
  if (forms.raw.contains(folded) || (!accented.empty() && forms.raw.contains(accented))) return true;
  if (!forms.pattern.empty() && fits(folded, forms.pattern)) return true;
  const auto begins_alike = [&](const std::string& stem) { return may_be_stem_of(stem, folded); };
  if (std::ranges::none_of(forms.stems, begins_alike)) return false;
  return analyser_.has_stem(wanted.stems, folded, accented);
}

std::uint64_t Matcher::match(std::string_view folded, std::string_view accented) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (is(wanted_[i], folded, accented)) out |= std::uint64_t{1} << i;
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
