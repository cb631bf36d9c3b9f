// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/matching.hpp"

#include "base/text.hpp"
#include "indexer/form_terms.hpp"
#include "support.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::indexer {
namespace {

const std::vector<std::string> kParts = {"Heat",   "heat",  "s",  "ing",     "ed", "ge",    "gebouw", "1",  "500",
                                         "é",      "ß",     "l'", "\u2019s", ".",  ",",     " ",      " ",  "\n",
                                         "_",      "-",     "気", "候",      "Ä",  "shade", "Plan",   "um", "ity",
                                         "\u00A0", "river", "y",  "ies",     "–",  "±",     "“",      "²",  "•"};

std::string any_text() {
  std::string out;
  for (const std::string& part : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kParts))) out += part;
  return clean(out);
}

struct Seen {
  std::size_t begin, end;
  std::string folded, accented;
  friend bool operator==(const Seen&, const Seen&) = default;
};

RC_GTEST_PROP(Matching, APlainWordIsItsOnlyForm, ()) {
  static Analyser analyser;
  const std::string text = any_text();
  const auto seen = [](const Token& token) {
    return Seen{token.begin, token.end, std::string(token.folded), std::string(token.accented)};
  };
  std::vector<Seen> all, parted;
  analyser.tokens(text, [&](const Token& token) { all.push_back(seen(token)); });
  analyser.tokens(
      text, [&](const Token& token) { parted.push_back(seen(token)); },
      [&](Word word) {
        parted.push_back({word.begin, word.end, ascii_lower(text.substr(word.begin, word.end - word.begin)), {}});
      });
  RC_ASSERT(all == parted);
}

const std::vector<std::string> kLanguages = {"de", "en", "nl"};

std::vector<Sought> any_sought(Analyser& analyser) {
  std::vector<Sought> out;
  for (const std::string& word : {any_text(), any_text()}) {
    Sought::Forms forms;
    analyser.tokens(word, [&](const Token& token) {
      forms.raw.emplace(token.folded);
      for (const std::string& language : kLanguages)
        forms.stems.emplace(analyser.stems(language, token.folded, token.accented).first);
    });
    forms.stems.erase("");
    if (*rc::gen::arbitrary<bool>()) forms.pattern = *rc::gen::element<std::string>("he*", "*e*", "r*r", "1*");
    out.push_back({{forms}, {}});
  }
  return out;
}

RC_GTEST_PROP(Matching, APlainWordMatchesAsItsTokenDoes, ()) {
  static Analyser analyser;
  const std::vector<Sought> sought = any_sought(analyser);
  Matcher one(sought, kLanguages, analyser), other(sought, kLanguages, analyser);
  const std::string text = any_text();
  std::vector<std::uint64_t> all, parted;
  analyser.tokens(text, [&](const Token& token) { all.push_back(one.match(token)); });
  analyser.tokens(
      text, [&](const Token& token) { parted.push_back(other.match(token)); },
      [&](Word word) { parted.push_back(other.match_plain(std::string_view(text).substr(word.begin, word.end - word.begin))); });
  RC_ASSERT(all == parted);
}

TEST(Matching, SignsBeyondAsciiArePassedOver) {
  Analyser analyser;
  const std::vector<Sought> sought = {{{{{"heat"}, {}, {}}}, {}}};
  Matcher matcher(sought, kLanguages, analyser);
  const auto begin_of_piece = [&](std::string_view text) { return matcher.next_piece(text, 0).begin; };
  EXPECT_EQ(begin_of_piece("of “plans” – \u00A0 5\u00A0± 2 × 3° heat."), 37u);
  EXPECT_EQ(begin_of_piece("heath, wheat heat–wave"), 13u);
  EXPECT_EQ(begin_of_piece("a Äpfel heat"), 2u);
  EXPECT_EQ(begin_of_piece("a m² heat"), 2u);
  const Matcher::Piece none = matcher.next_piece("cold – (-)", 0);
  EXPECT_EQ(none.begin, none.end);
  EXPECT_TRUE(none.words_before);
  EXPECT_FALSE(matcher.next_piece("– (-)", 0).words_before);
}

RC_GTEST_PROP(Matching, WhatIsPassedOverHasNoWordThatMatches, ()) {
  static Analyser analyser;
  const std::vector<Sought> sought = any_sought(analyser);
  Matcher matcher(sought, kLanguages, analyser);
  const std::string text = any_text();
  std::vector<Token> tokens;
  analyser.tokens(text, [&](const Token& token) { tokens.push_back(token); });
  std::size_t at = 0;
  while (at < text.size()) {
    const Matcher::Piece piece = matcher.next_piece(text, at);
    RC_ASSERT(piece.begin >= at && piece.begin <= piece.end && (piece.end > at || piece.end == text.size()));
    const auto before = [&](const Token& token) { return token.begin >= at && token.begin < piece.begin; };
    RC_ASSERT(piece.words_before == std::ranges::any_of(tokens, before));
    for (const Token& token : tokens) {
      RC_ASSERT(!before(token) || (token.end <= piece.begin && matcher.match(token) == 0));
      RC_ASSERT(token.begin < piece.begin || token.begin >= piece.end || token.end <= piece.end);
    }
    at = piece.end;
  }
}

struct Row {
  std::string_view language, word, stem;
};
constexpr Row kRows[] = {{"en", "usability", "usabl"},      {"en", "skies", "sky"},
                         {"en", "happiness", "happi"},      {"de", "klaeranlagen", "klaranlag"},
                         {"de", "gebaeude", "gebaud"},      {"de", "fluesse", "fluss"},
                         {"nl", "uitgevoerd", "uitvoer"},   {"nl", "dromen", "droom"},
                         {"nl", "straten", "straat"},       {"es", "solución", "solucion"},
                         {"fr", "journaux", "journal"},     {"fr", "récemment", "recent"},
                         {"pt", "adição", "adica"},         {"it", "possibilità", "possibil"},
                         {"fr", "applications", "appliqu"}, {"fr", "indication", "indiqu"},
                         {"en", "relational", "relat"}};

TEST(FormTerms, AWordIsLookedForByHowItBegins) {
  Analyser analyser;
  for (const auto& [language, word, stem] : kRows) {
    const std::string folded = fold(word);
    EXPECT_EQ(analyser.stems(language, folded, folded == word ? "" : word).first, stem) << word;
    EXPECT_TRUE(may_be_stem_of(stem, folded)) << word;
    const auto holds = [&](const Stretch& stretch) { return stretch.holds(word); };
    const bool shares = word.substr(0, 3) == stem.substr(0, 3);
    const std::vector<std::string> all(stemmed_languages().begin(), stemmed_languages().end());
    for (const std::vector<std::string>& spoken : {std::vector<std::string>{std::string(language)}, all})
      EXPECT_EQ(std::ranges::any_of(stretches_of_stem(stem, tongues_of(spoken)), holds), shares) << word;
  }
}

}  // namespace
}  // namespace colophon::indexer
