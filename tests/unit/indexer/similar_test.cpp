// SPDX-License-Identifier: GPL-3.0-or-later
// A whole text or a whole work as a query.
#include "indexer/similar.hpp"

#include "base/io.hpp"
#include "indexer/bulk.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

class Similar : public testing::Test {
 protected:
  void SetUp() override {
    Writer writer = std::move(*Writer::open(dir_));
    const auto add = [&](std::string id, std::string title, std::string abstract, std::string body = {}) {
      EntryData one = test::work(std::move(id), std::move(title), 2020, std::move(abstract));
      one.record.add(bib::FieldId::language, bib::Code{"en"});
      if (!body.empty()) one.passages = {test::page(1, std::move(body))};
      ASSERT_TRUE(writer.replace(one.entry()));
    };
    add("heat1", "Heat plans for older people", "Cities warn older residents of heat waves by telephone.");
    add("heat2", "Telephone warnings", "Older residents and heat waves: who answers when the city warns?");
    add("heat3", "A report without an abstract", "", "Heat waves, older residents, telephone calls and warnings in cities.");
    add("flood", "Flood insurance", "Rivers, dikes and insurance in small towns.");
    add("bench", "Counting benches", "A walking audit of benches.");
    ASSERT_TRUE(writer.commit(1));
  }
  std::vector<std::string> like(std::string id, std::string text = {}) {
    return test::ids(*Searcher::open(std::array{dir_})->search({.text = std::move(text), .like = std::move(id)}));
  }
  std::vector<SimilarWork> ranked(std::string_view text, std::string_view language = "en") {
    return *SimilarWorks::open(std::array{dir_})->like(text, language, 10);
  }

  TemporaryFolder folder_;
  std::filesystem::path dir_ = folder_.path() / "index";
};

TEST_F(Similar, WorksLikeAWorkAreThoseOfItsWordsWithoutItself) {
  const auto found = like("heat1");
  ASSERT_GE(found.size(), 2u);
  EXPECT_EQ(found[0], "heat2");
  EXPECT_EQ(found[1], "heat3");
  EXPECT_EQ(std::ranges::count(found, "heat1"), 0);
}

TEST_F(Similar, AWorkWithoutAnAbstractGoesByItsText) {
  const auto found = like("heat3");
  ASSERT_GE(found.size(), 2u);
  EXPECT_TRUE(found[0] == "heat1" || found[0] == "heat2") << found[0];
}

TEST_F(Similar, ABroaderSearchAsksForWhatTheFirstHitsSpeakOf) {
  const auto broader = [&](std::string text) {
    return *Searcher::open(std::array{dir_})->search({.text = std::move(text), .facets = {"year"}, .broaden = true});
  };
  const ResultPage page = broader("residents answers");
  ASSERT_GE(page.hits.size(), 3u);
  EXPECT_EQ(page.hits[0].id, "heat2");  // the only one with both words
  EXPECT_EQ(page.total, page.hits.size());
  ASSERT_FALSE(page.notes.empty());
  EXPECT_EQ(page.notes.back().code, "broadened");
  EXPECT_NE(page.notes.back().text.find("telephone"), std::string::npos) << page.notes.back().text;
  EXPECT_EQ(page.notes.back().text.find("resident"), std::string::npos) << page.notes.back().text;
  EXPECT_EQ(test::ids(broader("residents answers -calls")).size(), 2u);
  EXPECT_TRUE(broader("zebra").hits.empty());
  EXPECT_TRUE(broader("residents answers year:1900").hits.empty());
}

TEST_F(Similar, ABroaderSearchDoesNotGoByTheOrderOfIndexing) {
  std::vector<EntryData> works;
  for (std::size_t i = 0; i < 20; ++i)  // each weighs the same and shares a word with one other
    works.push_back(test::work(fmt::format("w{:02}", i), "Heat", 2020, fmt::format("Word{} is said here", i / 2)));
  const auto broader = [&](std::string_view name) {
    const std::filesystem::path dir = folder_.path() / name;
    EXPECT_TRUE(build(dir, {.jobs = 1}, test::stream_of(works)));
    return *Searcher::open(std::array{dir})->search({.text = "heat", .broaden = true});
  };
  const ResultPage one = broader("one");
  std::ranges::reverse(works);
  const ResultPage other = broader("other");
  ASSERT_FALSE(one.notes.empty());
  ASSERT_EQ(one.notes.back().code, "broadened");
  EXPECT_EQ(other.notes.back().text, one.notes.back().text);
  EXPECT_EQ(test::ids(other), test::ids(one));
}

TEST_F(Similar, TheQueryNarrowsThemDown) {
  EXPECT_EQ(like("heat1", "answers"), std::vector<std::string>{"heat2"});
  EXPECT_TRUE(like("heat1", "year:1900").empty());
  EXPECT_TRUE(like("nosuchwork").empty());
}

TEST_F(Similar, TheTextOfAWorkIsMostLikeThatWork) {
  const auto found = ranked("Heat plans for older people. Cities warn older residents of heat waves by telephone.");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].id, "heat1");
  EXPECT_GT(found[0].score, 0.5);
  for (std::size_t i = 1; i < found.size(); ++i) EXPECT_LE(found[i].score, found[i - 1].score);
}

TEST_F(Similar, ScoresCompareOverTexts) {
  const double once = ranked("benches and walking audits")[0].score;
  const double filler = ranked("benches and walking audits with many words that no work has at all")[0].score;
  EXPECT_DOUBLE_EQ(once, filler) << "words that nobody has say nothing about who has the others";
  EXPECT_TRUE(ranked("zzz qqq").empty());
  EXPECT_TRUE(ranked("").empty());
}

TEST_F(Similar, AnUnknownLanguageIsStemmedInEveryLanguageOfTheIndex) {
  ASSERT_FALSE(ranked("warning", "").empty());
  EXPECT_EQ(ranked("warning", "").size(), ranked("warnings", "xx").size());
}

}  // namespace
}  // namespace colophon::indexer
