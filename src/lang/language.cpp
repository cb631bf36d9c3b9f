// SPDX-License-Identifier: GPL-3.0-or-later
#include "lang/language.hpp"

#include <algorithm>
#include <vector>  // CLD2's header needs it before itself

#include "base/text.hpp"
#include "lang/trigrams.hpp"

#include <cld2/public/compact_lang_det.h>

namespace colophon::lang {
namespace {

constexpr std::size_t kEnough = 16'384;  // bytes

// At most kEnough bytes, not cut within a character.
std::string_view sample(std::string_view text) {
  if (text.size() <= kEnough) return text;
  std::size_t end = kEnough;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

// Enough to be sure by trigrams alone: a margin of 55 to 1 and most of the trigrams known.
constexpr double kMargin = 4, kKnown = 0.55;
constexpr std::size_t kFewest = 12;

bool is_ours(std::string_view tag) {
  return std::ranges::find(kTrigramLanguages.begin(), kTrigramLanguages.begin() + kOurs, tag) !=
         kTrigramLanguages.begin() + kOurs;
}

std::string by_cld2(const std::string& text) {
  bool reliable = false;
  const CLD2::Language found = CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), true, &reliable);
  if (!reliable || found == CLD2::UNKNOWN_LANGUAGE || found == CLD2::TG_UNKNOWN_LANGUAGE) return {};
  return CLD2::LanguageCode(found);
}

}  // namespace

std::string identify(std::string_view utf8) {
  const std::string text = nfc(to_valid_utf8(sample(utf8)));
  const Guess guess = guess_latin(text);
  const bool sure = guess.margin >= kMargin && guess.known >= kKnown && guess.trigrams >= kFewest;
  return sure && is_ours(guess.tag) ? std::string(guess.tag) : by_cld2(text);
}

}  // namespace colophon::lang
