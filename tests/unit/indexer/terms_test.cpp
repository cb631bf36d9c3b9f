// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/terms.hpp"

#include "base/text.hpp"
#include "indexer/places.hpp"
#include "support.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::indexer {
namespace {

std::vector<std::string> folded(std::string_view text) {
  Analyser analyser;
  std::vector<std::string> out;
  analyser.tokens(clean(text), [&](const Token& token) { out.emplace_back(token.folded); });
  return out;
}

std::string stem(std::string_view language, std::string_view word) {
  Analyser analyser;
  std::string out;
  analyser.tokens(word, [&](const Token& token) { out = analyser.stems(language, token.folded, token.accented).first; });
  return out;
}

const Terms::Posting* find(const Terms& terms, std::string_view term) {
  const auto found = std::ranges::find(terms.postings, term, &Terms::Posting::term);
  return found == terms.postings.end() ? nullptr : &*found;
}

// Where a word stands in the fields.
Places::Positions places(const Terms& terms, std::string_view word, FieldMask fields = text_fields()) {
  Places::Positions out;
  if (const auto value = terms.values.find(Slot::places); value != terms.values.end())
    Places(value->second).find(PlacedWord(word), fields, out);
  return out;
}

using Words = std::vector<std::string>;

RC_GTEST_PROP(Analyser, AStemBeginsAsItsWord, ()) {
  static Analyser analyser;
  static const std::vector<std::string> kParts = {"ge", "y",  "é",  "è",   "ä",  "ö",   "ü",     "ß",    "æ",    "ø",   "ñ",
                                                  "ç",  "ij", "qu", "sch", "aa", "ing", "s",     "en",   "e",    "t",   "d",
                                                  "r",  "o",  "u",  "i",   "à",  "õ",   "ation", "ment", "lijk", "heid"};
  std::string word;
  for (const std::string& part : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kParts))) word += part;
  analyser.tokens(word, [&](const Token& token) {
    for (const std::string_view language : stemmed_languages()) {
      const auto [first, second] = analyser.stems(language, token.folded, token.accented);
      RC_ASSERT(may_be_stem_of(first, token.folded));
      RC_ASSERT(may_be_stem_of(second, token.folded));
    }
  });
}

TEST(Analyser, FoldsCaseMarksAndLigatures) {
  EXPECT_EQ(folded("Ångström ﬁle Straße"), (Words{"angstrom", "file", "strasse"}));
  EXPECT_EQ(folded("HEAT-related heat_wave"), (Words{"heat", "related", "heat_wave"}));
}

TEST(Analyser, JoinsSoftHyphensAlsoAtLineEnds) {
  EXPECT_EQ(folded("infor\u00ADmation adap\u00AD\n  tation"), (Words{"information", "adaptation"}));
  EXPECT_EQ(clean("adap\u00AD\n  tation"), "adaptation");
}

TEST(Analyser, StripsElisionsPossessivesAndPoints) {
  EXPECT_EQ(folded("l’eau d'Arc qu'il city's dell'acqua don't"), (Words{"eau", "arc", "il", "city", "acqua", "don't"}));
  EXPECT_EQ(folded("U.N. 1,500 1.5 example.org"), (Words{"un", "1500", "1.5", "example.org"}));
}

TEST(Analyser, KeepsTheAccentedFormBeside) {
  Analyser analyser;
  analyser.tokens("Müller’s", [](const Token& token) {
    EXPECT_EQ(token.folded, "muller");
    EXPECT_EQ(token.accented, "müller");
  });
  analyser.tokens("plain", [](const Token& token) { EXPECT_TRUE(token.accented.empty()); });
}

TEST(Analyser, CharactersAreTheWordsOfCjk) {
  EXPECT_EQ(folded("気候変動への適応 2020年"), (Words{"気", "候", "変", "動", "へ", "の", "適", "応", "2020", "年"}));
  EXPECT_EQ(folded("기후 변화"), (Words{"기", "후", "변", "화"}));
  EXPECT_EQ(folded("CO2排出 ﾃﾞｰﾀ"), (Words{"co2", "排", "出", "テ", "ー", "タ"}));  // half-width and voiced marks are folded
  EXPECT_FALSE(folded("การเปลี่ยนแปลงสภาพภูมิอากาศ").empty());
  EXPECT_EQ(folded("климат Ελλάδα"), (Words{"климат", "ελλαδα"}));
}

TEST(Analyser, PairsOfCharactersStandBesideThem) {
  Analyser analyser;
  Words pairs;
  analyser.tokens("気候変 動", [&](const Token& token) { pairs.emplace_back(token.accented); });
  EXPECT_EQ(pairs, (Words{"気候", "候変", "", ""}));
  EXPECT_EQ(analyser.stems("en", "気", "気候").first, "");
}

// Words as one call cuts them, those of CJK into characters.
std::vector<std::pair<std::size_t, std::size_t>> cut_at_once(const std::string& text) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (const Word& word : words(text + " ä")) {  // the ä sends everything through ICU
    if (!is_cjk(std::string_view(text + " ä").substr(word.begin))) {
      out.emplace_back(word.begin, word.end);
      continue;
    }
    for (std::size_t at = word.begin; at < word.end;) {
      const std::size_t begin = at;
      next_code_point(text, at);
      out.emplace_back(begin, at);
    }
  }
  out.pop_back();
  return out;
}

std::string some_text() {
  static const std::vector<std::string> kParts = {"heat",  "Städte", " ",    "  ",   "\n", "1,5", "don't", "気候変動", "기후",
                                                  "l’eau", "-",      "気候", "e.g.", "(",  "U.N", "_a",    "Ångström", "ﬁn"};
  std::string text;
  for (const int i : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(kParts.size()))))
    text += kParts[static_cast<std::size_t>(i)];
  return text;
}

TEST(Analyser, SplitsMixedTextWhereOneCallWould) {
  EXPECT_TRUE(rc::check("ASCII runs and others part at blanks only", [] {
    const std::string text = some_text();
    Analyser analyser;
    std::vector<std::pair<std::size_t, std::size_t>> ours;
    analyser.tokens(text, [&](const Token& token) { ours.emplace_back(token.begin, token.end); });
    RC_ASSERT(ours == cut_at_once(text));
  }));
}

TEST(Analyser, FoldingAgainChangesNothing) {
  EXPECT_TRUE(rc::check("the folded form of a folded form is itself", [] {
    for (const std::string& word : folded(some_text())) RC_ASSERT(word.empty() || folded(word) == Words{word});
  }));
}

TEST(Terms, EachWordStandsWhereItWasRead) {
  EXPECT_TRUE(rc::check("the places of a document are its words in order", [] {
    EntryData data = test::work("a", "");
    const std::string text = some_text();
    data.passages = {test::page(1, text)};
    Analyser analyser;
    const Terms terms = terms_of(data.entry(), analyser);
    const auto starts = decode_page_map(terms.values.at(Slot::page_map));
    std::uint32_t at = starts.at(0);
    for (const std::string& word : folded(text)) {
      RC_ASSERT(std::ranges::binary_search(places(terms, word), at));
      RC_ASSERT(find(terms, word) != nullptr);
      ++at;
    }
  }));
}

TEST(Analyser, StemsByLanguage) {
  EXPECT_EQ(stem("en", "cities"), stem("en", "city"));
  EXPECT_EQ(stem("de", "Städte"), stem("de", "Stadt"));
  EXPECT_EQ(stem("de", "Staedte"), stem("de", "Stadt"));
  EXPECT_EQ(stem("es", "inundaciones"), stem("es", "inundación"));
  EXPECT_EQ(stem("fr", "écologiques"), stem("fr", "écologique"));
  EXPECT_EQ(stem("pt", "cidades"), stem("pt", "cidade"));
  EXPECT_EQ(stem("xx", "cities"), "");
}

TEST(Analyser, AnUnaccentedQueryMeetsAnAccentedText) {
  Analyser analyser;
  const auto text = analyser.stems("es", "inundacion", "inundación");
  const auto typed = analyser.stems("es", "inundacion", "");
  EXPECT_EQ(text.second, typed.first);
}

TEST(Analyser, NumbersHaveNoStem) {
  EXPECT_EQ(stem("en", "1,500.25"), "");
  EXPECT_EQ(stem("en", "co2"), "co2");
}

TEST(Analyser, KnowsStemmersByTag) {
  EXPECT_EQ(stemmer_of("pt-BR"), "pt");
  EXPECT_EQ(stemmer_of("EN"), "en");
  EXPECT_EQ(stemmer_of("eng"), "");
  EXPECT_EQ(stemmer_of("zh"), "");
  EXPECT_EQ(stemmer_of(""), "");
}

TEST(Terms, TitleAndKeywordsWeighMore) {
  EntryData data = test::work("ab3k9", "Heat plans", 2020, "Shade for cities");
  data.record.add(bib::FieldId::keyword, bib::Text{"adaptation", "en"});
  data.passages = {test::page(1, "trees")};
  Analyser analyser;
  const Terms terms = terms_of(data.entry(), analyser);
  EXPECT_EQ(find(terms, "heat")->wdf, 3u);
  EXPECT_EQ(find(terms, "shade")->wdf, 1u);
  EXPECT_EQ(find(terms, "adaptation")->wdf, 2u);
  EXPECT_EQ(find(terms, "trees")->wdf, 1u);
  EXPECT_EQ(find(terms, "Zplan")->wdf, 3u);
  EXPECT_EQ(find(terms, "ZSplan")->wdf, 1u);
  EXPECT_NE(find(terms, "Sheat"), nullptr);
  EXPECT_EQ(places(terms, "heat"), places(terms, "heat", field_of(*row_named("title"))));
}

TEST(Terms, PassagesStandApart) {
  EntryData data = test::work("a", "One", 0);
  data.passages = {test::page(1, "alpha beta"), test::page(2, "gamma"), test::section("2", "delta"),
                   test::section("3", "epsilon")};
  Analyser analyser;
  const Terms terms = terms_of(data.entry(), analyser);
  const auto at = [&](std::string_view term) { return places(terms, term).at(0); };
  EXPECT_EQ(at("gamma") - at("beta"), kPageGap + 1);
  EXPECT_EQ(at("delta") - at("gamma"), kSectionGap + 1);
  const auto starts = decode_page_map(terms.values.at(Slot::page_map));
  ASSERT_EQ(starts.size(), 4u);
  EXPECT_EQ(passage_at(starts, at("one")), -1);
  EXPECT_EQ(passage_at(starts, at("beta")), 0);
  EXPECT_EQ(passage_at(starts, at("gamma")), 1);
  EXPECT_EQ(passage_at(starts, at("epsilon")), 3);
}

TEST(Terms, ReferencesStandUnderTheirOwnPrefixOnly) {
  EntryData data = test::work("a", "One");
  data.passages = {test::section("References", "Holling 1973, 4:1-23", "reference"), test::section("Body", "text")};
  Analyser analyser;
  const Terms terms = terms_of(data.entry(), analyser);
  EXPECT_NE(find(terms, "XRTholling"), nullptr);
  EXPECT_NE(find(terms, "XRT1973"), nullptr);
  EXPECT_EQ(find(terms, "XRT23"), nullptr);
  EXPECT_EQ(find(terms, "holling"), nullptr);
  EXPECT_EQ(passage_at(decode_page_map(terms.values.at(Slot::page_map)), places(terms, "text").at(0)), 1);
}

TEST(Terms, APassageThatRepeatsTheRecordIsNotCountedTwice) {
  EntryData data = test::work("a", "Heat", 2020);
  data.passages = {{0, "", "record", "en", "Heat"}};
  Analyser analyser;
  EXPECT_EQ(find(terms_of(data.entry(), analyser), "heat")->wdf, 3u);
}

TEST(Terms, ValuesForFiltersAndFacets) {
  EntryData data = test::work("a", "One", 2019);
  data.record.add(bib::FieldId::project, bib::Text{"Urban Heat", ""});
  data.record.add(bib::FieldId::language, bib::Code{"en-GB"});
  data.extra_terms = {{"project", "Other"}, {"partner", "UNU-EHS"}, {"nonsense", "x"}};
  data.twin = "members";
  Analyser analyser;
  const Terms terms = terms_of(data.entry(), analyser);
  const Words expected = {"L:en",           "Q:a",      "XIS:incomplete", "XPA:unu-ehs",   "XPR:other",
                          "XPR:urban heat", "XSTEM:en", "XT:report",      "XTWIN:members", "Y:2019"};
  EXPECT_EQ(terms.booleans, expected);
  EXPECT_EQ(terms.values.at(Slot::project), "Urban Heat\x1fOther");
  EXPECT_EQ(terms.values.at(Slot::language), "en");
  EXPECT_EQ(terms.values.at(Slot::type), "report");
}

TEST(Terms, TheDataShowsAHitWithoutTheStore) {
  EntryData data = test::work("ab3k9", "Heat", 2020, "Shade.");
  data.record.add(bib::FieldId::author, test::people({{"Meerow", "Sara"}, {"Newell", "Joshua"}, {"Stults", "Missy"}}));
  Analyser analyser;
  const Card card = card_from_data(terms_of(data.entry(), analyser).data);
  EXPECT_EQ(card.id, "ab3k9");
  EXPECT_EQ(card.title, "Heat");
  EXPECT_EQ(card.authors, "Meerow et al.");
  EXPECT_EQ(card.year, 2020);
  EXPECT_EQ(card.type, "report");
  EXPECT_EQ(card.lead, "Shade.");
}

TEST(PageMap, SurvivesAnyAscendingList) {
  EXPECT_TRUE(rc::check("decode(encode(x)) = x", [](std::vector<std::uint32_t> starts) {
    std::ranges::sort(starts);
    RC_ASSERT(decode_page_map(encode_page_map(starts)) == starts);
  }));
  EXPECT_TRUE(decode_page_map("\x80").empty());
  EXPECT_TRUE(decode_page_map("\xff\xff\xff\xff\xff\xff\x01").empty());
}

TEST(Terms, OrderAndTextAreAFunctionOfTheEntry) {
  EntryData data = test::work("a", "Heat in Städten", 2020, "Die Städte und die Hitze");
  Analyser fresh, used;
  (void)terms_of(test::work("b", "Something else").entry(), used);
  EXPECT_EQ(to_text(terms_of(data.entry(), fresh)), to_text(terms_of(data.entry(), used)));
}

}  // namespace
}  // namespace colophon::indexer
