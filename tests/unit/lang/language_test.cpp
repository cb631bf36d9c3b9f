// SPDX-License-Identifier: GPL-3.0-or-later
#include "lang/language.hpp"

#include <string>

#include <gtest/gtest.h>

namespace colophon::lang {
namespace {

struct Sentence {
  std::string_view tag;
  std::string_view text;
};

class Identify : public ::testing::TestWithParam<Sentence> {};

TEST_P(Identify, NamesTheLanguage) { EXPECT_EQ(identify(GetParam().text), GetParam().tag); }

INSTANTIATE_TEST_SUITE_P(WorkingLanguages,
                         Identify,
                         ::testing::Values(Sentence{"en",
                                                    "Cities that plan for heat early lose fewer people during heat waves, and "
                                                    "their hospitals remain open to everybody who needs them."},
                                           Sentence{
                                               "de",
                                               "Städte, die sich früh auf Hitze vorbereiten, verlieren während der Hitzewellen "
                                               "weniger Menschen, und ihre Krankenhäuser bleiben für alle offen."},
                                           Sentence{"es",
                                                    "Las ciudades que se preparan pronto para el calor pierden menos personas "
                                                    "durante las olas de calor y sus hospitales siguen abiertos para todos."},
                                           Sentence{"pt",
                                                    "As cidades que se preparam cedo para o calor perdem menos pessoas durante "
                                                    "as ondas de calor e os seus hospitais continuam abertos para todos."},
                                           Sentence{"fr",
                                                    "Les villes qui se préparent tôt à la chaleur perdent moins de personnes "
                                                    "pendant les canicules et leurs hôpitaux restent ouverts à tous."}),
                         [](const auto& one) { return std::string(one.param.tag); });

TEST(Language, IsEmptyWhenUnsure) {
  EXPECT_EQ(identify(""), "");
  EXPECT_EQ(identify("12 34 56"), "");
  EXPECT_EQ(identify("ABC-123"), "");
}

TEST(Language, SurvivesBytesThatAreNoText) {
  std::string text = "The council adopted the plan after a long debate about trees and shade in the old town.";
  text.insert(20, "\xff\xfe\xc3");
  EXPECT_EQ(identify(text), "en");
}

TEST(Language, LooksAtTheStartOfLongTextsOnly) {
  std::string text;
  while (text.size() < 40'000) text += "Der Stadtrat hat den Plan für mehr Bäume und Schatten in der Altstadt beschlossen. ";
  EXPECT_EQ(identify(text), "de");
}

}  // namespace
}  // namespace colophon::lang
