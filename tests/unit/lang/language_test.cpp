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
                                                    "pendant les canicules et leurs hôpitaux restent ouverts à tous."},
                                           Sentence{"it",
                                                    "Le città che si preparano presto al caldo perdono meno persone durante le "
                                                    "ondate di calore e i loro ospedali restano aperti a tutti."},
                                           Sentence{"nl",
                                                    "Steden die zich vroeg op hitte voorbereiden verliezen minder mensen tijdens "
                                                    "hittegolven en hun ziekenhuizen blijven open voor iedereen."}),
                         [](const auto& one) { return std::string(one.param.tag); });

// Languages that ours could be taken for, and those of other scripts.
INSTANTIATE_TEST_SUITE_P(
    OtherLanguages,
    Identify,
    ::testing::Values(Sentence{"ca",
                               "Les ciutats que es preparen aviat per a la calor perden menys persones durant les onades de "
                               "calor i els seus hospitals continuen oberts a tothom."},
                      Sentence{"sv",
                               "Städer som tidigt förbereder sig för värme förlorar färre människor under värmeböljor, och "
                               "deras sjukhus är öppna för alla."},
                      Sentence{"pl",
                               "Miasta, które wcześnie przygotowują się na upały, tracą mniej ludzi podczas fal upałów, a ich "
                               "szpitale pozostają otwarte dla wszystkich."},
                      Sentence{"sw",
                               "Miji inayojiandaa mapema kwa joto hupoteza watu wachache wakati wa mawimbi ya joto, na "
                               "hospitali zao hubaki wazi kwa watu wote."},
                      Sentence{"ru", "Города, которые заранее готовятся к жаре, теряют меньше людей во время волн жары."},
                      Sentence{"ja", "都市は熱波に早くから備えることで、より多くの人々の命を守ることができます。"},
                      Sentence{"ko", "폭염에 일찍 대비하는 도시는 더 적은 사람을 잃고 병원은 모두에게 열려 있습니다."}),
    [](const auto& one) { return std::string(one.param.tag); });

TEST(Language, CapitalsAndDecomposedAccentsAreTheSameText) {
  EXPECT_EQ(identify("AS CIDADES QUE SE PREPARAM CEDO PARA O CALOR PERDEM MENOS PESSOAS, E A POPULAÇÃO SABE DISSO"), "pt");
  EXPECT_EQ(identify("As inundações e a adaptação das cidades e dos seus habitantes"), "pt");
}

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
