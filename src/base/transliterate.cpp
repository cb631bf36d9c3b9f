// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/transliterate.hpp"

#include <algorithm>
#include <memory>

#include "base/text.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

namespace colophon {
namespace {

// The first rules are CLDR's de-ASCII for umlauts. "ʹ" is what becomes of a soft sign.
constexpr char16_t kRules[] =
    u":: NFC;"
    u"Ä } [:Lu:] > AE; Ö } [:Lu:] > OE; Ü } [:Lu:] > UE;"
    u"Ä > Ae; Ö > Oe; Ü > Ue; ä > ae; ö > oe; ü > ue;"
    u":: Any-Latin; :: [ʹ ʺ] Remove; :: Latin-ASCII; :: NFD; :: [:Mn:] Remove; [^\\u0000-\\u007F] > ;";

const icu::Transliterator& transliterator() {
  static const std::unique_ptr<icu::Transliterator> kMade = [] {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    return std::unique_ptr<icu::Transliterator>(
        icu::Transliterator::createFromRules(u"colophon-ascii", kRules, UTRANS_FORWARD, where, status));
  }();
  return *kMade;
}

}  // namespace

std::string to_ascii(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return std::string(text);
  icu::UnicodeString wide = icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  transliterator().transliterate(wide);
  std::string out;
  wide.toUTF8String(out);
  return out;
}

}  // namespace colophon
