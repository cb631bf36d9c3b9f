// SPDX-License-Identifier: GPL-3.0-or-later
// What is offered beside the hits: spelling, what to do where nothing was found, the weight of each part.
#include <numeric>

#include "base/io.hpp"
#include "base/text.hpp"
#include "indexer/explain.hpp"
#include "indexer/spelling.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;

class Advising : public testing::Test {
 protected:
  void index(const std::vector<EntryData>& works, const std::string& index_class = "public") {
    const fs::path dir = folder_.path() / index_class;
    Writer writer = std::move(*Writer::open(dir, {"library", index_class}));
    for (const EntryData& one : works) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(1));
    dirs_.push_back(dir);
  }
  ResultPage run(SearchRequest request) {
    request.advise = true;
    auto searcher = Searcher::open(dirs_);
    return *searcher->search(request);
  }
  // "spelling flood(2) without …"
  std::string advice(std::string text, std::vector<Filter> filters = {}) {
    const ResultPage page = run({.text = std::move(text), .filters = std::move(filters)});
    std::string out;
    for (const std::string& part : page.advice.nowhere) out += "nowhere: " + part + "\n";
    for (const Advice& one : page.advice.advice) out += fmt::format("{}: {} ({})\n", name(one.kind), one.query, one.works);
    return out;
  }

  TemporaryFolder folder_;
  std::vector<fs::path> dirs_;
};

TEST_F(Advising, AWordThatIsNowhereIsSpeltOtherwise) {
  index({test::work("a", "Flood risk in cities"), test::work("b", "Flooded streets"), test::work("c", "Urban heat island")});
  EXPECT_EQ(advice("flod risk"), "nowhere: flod\nspelling: flood risk (1)\nwithout: risk (1)\n");
  EXPECT_EQ(advice("heatisland"), "nowhere: heatisland\nspelling: \"heat island\" (1)\n");
  EXPECT_EQ(advice("title:ubran"), "nowhere: title:ubran\nspelling: title:urban (1)\n");
  EXPECT_EQ(advice("floods"), "") << "another form of a word is no slip";
  EXPECT_EQ(advice("-flod heat"), "") << "what is not wanted is not put right";
  EXPECT_EQ(advice("zzzzzz"), "nowhere: zzzzzz\n");
}

TEST_F(Advising, ARareWordGivesWayToOneTenTimesAsFrequent) {
  std::vector<EntryData> works = {test::work("rare", "Urban climat")};
  for (int i = 0; i < 9; ++i) works.push_back(test::work(fmt::format("w{}", i), "Resilience"));
  for (int i = 0; i < 10; ++i) works.push_back(test::work(fmt::format("x{}", i), "Shelter"));
  works.push_back(test::work("shelterr", "Shelterr"));
  works.push_back(test::work("resiliense", "Resiliense"));
  index(works);
  EXPECT_EQ(advice("shelterr"), "spelling: shelter (10)\n");
  EXPECT_EQ(advice("resiliense"), "") << "nine times is not ten times";
}

TEST_F(Advising, WhereNothingIsFoundItTellsWhichPartIsToBlame) {
  index(
      {test::work("a", "Heat plans of cities"), test::work("b", "Flood plans", 2019), test::work("c", "Participatory budgets")});
  EXPECT_EQ(advice("heat flood plans"), "without: flood plans (1)\nwithout: heat plans (1)\n");
  EXPECT_EQ(advice("heat year:2019"), "without: year:2019 (1)\nwithout: heat (1)\n");
  EXPECT_EQ(advice("\"cities heat\""), "nowhere: \"cities heat\"\nwider: cities heat (1)\n");
  EXPECT_EQ(advice("cities near/1 heat"), "wider: cities heat (1)\n");
  EXPECT_EQ(advice("author:heat"), "nowhere: author:heat\nwider: heat (1)\n");
  EXPECT_EQ(advice("heat flood budgets"), "either: heat OR flood OR budgets (3)\n");
  EXPECT_EQ(advice("heat", {{"type", {"thesis"}}}), "nowhere: heat\n") << "filters hold for what is offered too";
  EXPECT_EQ(advice("heat"), "");
}

// Two worlds: a work in an index that the viewer may not open changes nothing.
TEST_F(Advising, OnlyWhatTheViewerMayOpenIsOffered) {
  index({test::work("a", "Heat plans")});
  const std::string before = advice("flod");
  const auto dirs = dirs_;
  index({test::work("b", "Flood secrets")}, "signed-in");
  EXPECT_EQ(advice("flod"), "nowhere: flod\nspelling: flood (1)\n");
  dirs_ = dirs;
  EXPECT_EQ(advice("flod"), before);
  EXPECT_EQ(before, "nowhere: flod\n");
  auto searcher = Searcher::open(dirs_);
  EXPECT_TRUE(searcher->words("", "flo")->empty());
}

TEST_F(Advising, TheDictionaryIsTheIndexItself) {
  index({test::work("a", "Flood flows"), test::work("b", "Flood"), test::work("c", "Floor", 2020, "fleet")});
  auto searcher = Searcher::open(dirs_);
  std::vector<std::string> found;
  const std::vector<DictionaryWord> words = *searcher->words("", "Flo");
  for (const DictionaryWord& word : words) found.push_back(fmt::format("{} {}", word.word, word.works));
  EXPECT_EQ(found, (std::vector<std::string>{"flood 2", "floor 1", "flows 1"}));
  EXPECT_EQ(searcher->words("abstract", "fl")->size(), 1u);
}

TEST_F(Advising, TheWeightsOfThePartsAddUpToTheScore) {
  index({test::work("a", "Heat plans of cities", 2020, "Early warning."), test::work("b", "Flood plans", 2019)});
  const ResultPage page = run({.text = "heat \"early warning\" type:report", .explain = true});
  ASSERT_TRUE(page.explanation);
  const auto& parts = page.explanation->parts;
  EXPECT_EQ(page.explanation->id, "a");
  EXPECT_NEAR(parts.front().weight, page.hits[0].score, 1e-9);
  double sum = 0;
  for (const ExplainedPart& part : parts) {
    if (part.depth == 1) sum += part.weight;
  }
  EXPECT_NEAR(sum, page.hits[0].score, 1e-9);
  const auto has = [&](std::string_view what) { return std::ranges::find(parts, what, &ExplainedPart::what) != parts.end(); };
  EXPECT_TRUE(has("heat (stem)"));
  EXPECT_TRUE(has("in this order: early, warning") || has("in this order: warning, early"));
  EXPECT_TRUE(has("no weight: type is report"));
}

TEST(TermLabel, NamesWhatATermIs) {
  EXPECT_EQ(term_label("heat"), "heat");
  EXPECT_EQ(term_label("Zheat"), "heat (stem)");
  EXPECT_EQ(term_label("ZSheat"), "title: heat (stem)");
  EXPECT_EQ(term_label("XPR:urban heat"), "project is urban heat");
  EXPECT_EQ(term_label("XPRurban"), "project: urban");
  EXPECT_EQ(term_label("Q:ab3k9"), "id is ab3k9");
}

// By hand: the same distances over the whole dictionary.
TEST(Spelling, FindsWhatATableOfAllDistancesFinds) {
  EXPECT_TRUE(rc::check("near words", [] {
    const auto letters = rc::gen::container<std::string>(rc::gen::elementOf(std::string("aabcdeh")));
    Xapian::WritableDatabase database({}, Xapian::DB_BACKEND_INMEMORY);
    const auto words = *rc::gen::container<std::vector<std::string>>(letters);
    for (const std::string& word : words) {
      Xapian::Document document;
      if (!word.empty()) document.add_term(word);
      database.add_document(document);
    }
    const std::string asked = *letters;
    const auto found = near_words(database, "", asked, 100);
    for (const std::string& word : words) {
      if (word.empty() || asked.size() < 3 || asked.size() > 40) continue;
      const bool begins = word[0] == asked[0] || word[0] == asked[1];
      const std::size_t far = edit_distance(asked, word);
      const bool near = begins && far > 0 && far <= (asked.size() < 5 ? 1U : 2U);
      RC_ASSERT(near == (std::ranges::find(found, word, &NearWord::word) != found.end()));
    }
  }));
}

}  // namespace
}  // namespace colophon::indexer
