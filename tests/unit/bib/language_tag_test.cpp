// SPDX-License-Identifier: GPL-3.0-or-later
#include "bib/language_tag.hpp"

#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace colophon::bib {
namespace {

TEST(LanguageTag, IsCanonical) {
  constexpr std::pair<std::string_view, std::string_view> kCases[] = {
      {"en", "en"},
      {"EN", "en"},
      {"eng", "en"},
      {"ger", "de"},
      {"deu", "de"},
      {"pt_br", "pt-BR"},
      {"PT-BR", "pt-BR"},
      {"zh-hans", "zh-Hans"},
      {"SR-LATN", "sr-Latn"},
      {"zh_HANT_tw", "zh-Hant-TW"},
      {"es-419", "es-419"},
      {"de-1996", "de-1996"},
      {"en-x-US", "en-x-us"},
      {"gsw", "gsw"},
      {"", ""},
      {"x", "x"},
      {"-", "-"},
      {"en-", "en-"},
      {"en--US", "en--US"},
      {"Plain English", "Plain English"},
      {"français", "français"},
  };
  for (const auto& [text, tag] : kCases) {
    EXPECT_EQ(language_tag(text), tag) << text;
    EXPECT_EQ(language_tag(language_tag(text)), language_tag(text)) << text;
  }
}

}  // namespace
}  // namespace colophon::bib
