// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/printed_page.hpp"

#include "support.hpp"

#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

constexpr std::string_view kSentence =
    "The official part, from issue to first resident, took 34 minutes on the night of the flood.";

std::vector<bib::Passage> pages(std::initializer_list<std::string> texts) {
  std::vector<bib::Passage> out;
  for (const std::string& text : texts) out.push_back(test::page(static_cast<std::uint32_t>(out.size() + 3), text));
  return out;
}

struct Case {
  std::string_view name;
  std::string_view sentence;
  std::vector<bib::Passage> pages;
  std::uint32_t expected;
};

TEST(PrintedPage, FindsASentenceAsItWasPrinted) {
  const std::string other =
      "Nothing of this kind was ever said about the wardens of the third district, nor written down by them.";
  const std::vector<Case> cases = {
      {"as it is", kSentence, pages({other, "Before. " + std::string(kSentence) + " Behind.", other}), 4},
      {"nowhere", kSentence, pages({other, other}), 0},
      {"no pages", kSentence, {}, 0},
      {"hyphens, line ends, ligatures", "An official finding, difficult to file, about the flooded offices of the city.",
       pages({other, "An oﬃ-\ncial ﬁnding, diﬃcult to ﬁle, about the ﬂood\u00AD\ned oﬃces\nof the city."}), 4},
      {"line numbers and marks of notes", kSentence,
       pages({"12 The official part, from issue\n13 to first resident,[7] took 34\n14 minutes on the night12 of the\n15 flood."}),
       3},
      {"over the end of a page", kSentence,
       pages({other, other + " The official part, from issue to first resi-\nFlood warning 17",
              "J. Hydrol. 4 (2020) 18\ndent, took 34 minutes on the night of the flood. " + other}),
       4},
      {"the beginning is the smaller part", kSentence,
       pages({other + " The official part, from issue\n17",
              "18 Author et al.\nto first resident, took 34 minutes on the night of the flood."}),
       3},
      {"over a column's end, with a note between", kSentence,
       pages({"The official part, from issue to first\n1 Notes of this kind stand at the foot of each column and part what "
              "belongs together, at length.\n"
              "resident, took 34 minutes on the night of the flood."}),
       3},
      {"accents apart from their letters", "Die Städte über dem Fluß können für die Bürger größere Dächer öffnen.",
       pages({other,
              "Die Sta\u0308dte u\u0308ber dem Fluss ko\u0308nnen fu\u0308r die Bu\u0308rger gro\u0308ßere Da\u0308cher "
              "o\u0308ffnen."}),
       4},
      {"another script", "日本の都市における暑熱対策は地域ごとに異なる方法で行われている",
       pages({other, "日本の都市における\n暑熱対策は地域ごとに\n異なる方法で行われている"}), 4},
      {"too short to be sure", "It was late.", pages({"It was late. It was late."}), 0},
      {"few words", "Shade helps against heat.", pages({other, "shade helps against heat"}), 4},
      {"few words, not all", "Shade helps against heat.", pages({other, "shade helps against frost"}), 0},
      {"the same in the summary", kSentence, pages({std::string(kSentence), other, std::string(kSentence)}), 3},
      {"some words alike", kSentence,
       pages({"The official part of the programme, from first light on, took place in the first resident's house."}), 0},
  };
  for (const Case& one : cases) EXPECT_EQ(printed_page(one.sentence, one.pages), one.expected) << one.name;
}

TEST(PrintedPage, ASnippetGivesItsSentence) {
  EXPECT_EQ(sentence_of({{"…of the wardens. It rained. They met the ", false}, {"heat", true}, {" later. More", false}}),
            " They met the heat later. More");
  EXPECT_EQ(sentence_of({{"…see Smith et al. 2019 about ", false}, {"heat", true}}), "…see Smith et al. 2019 about heat");
  EXPECT_EQ(sentence_of({{"One. Two.", false}}), "One. Two.");
  EXPECT_EQ(sentence_of({}), "");
}

}  // namespace
}  // namespace colophon::indexer
