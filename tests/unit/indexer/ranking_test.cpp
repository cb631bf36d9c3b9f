// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include "base/io.hpp"
#include "indexer/bulk.hpp"
#include "indexer/shards.hpp"
#include "indexer/subspace.hpp"
#include "indexer/topics.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;

TEST(Subspace, IsOrthonormal) {
  SparseRows matrix;
  matrix.columns = 40;
  for (std::uint32_t row = 0; row < 60; ++row) {
    for (std::uint32_t i = 0; i < 6; ++i) matrix.add((row * 7 + i * i * 5) % 40, 1.0F + static_cast<float>(i % 3));
    matrix.end_row();
  }
  const Basis basis = dominant_subspace(matrix, 5);
  ASSERT_EQ(basis.rank, 5u);
  for (std::size_t a = 0; a < 5; ++a) {
    for (std::size_t b = 0; b < 5; ++b) {
      float inner = 0;
      for (std::size_t row = 0; row < 40; ++row) inner += basis.rows[row * 5 + a] * basis.rows[row * 5 + b];
      EXPECT_NEAR(inner, a == b ? 1 : 0, 1e-3);
    }
  }
  EXPECT_EQ(dominant_subspace(SparseRows{}, 5).rank, 0u);
}

class Ranking : public testing::Test {
 protected:
  void index(const std::vector<EntryData>& works) {
    Writer writer = std::move(*Writer::open(dirs_.front(), {"library", "public"}));
    for (const EntryData& one : works) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(1));
  }
  ResultPage run(std::string text, std::size_t offset = 0, std::size_t limit = 10) {
    auto searcher = Searcher::open(dirs_);
    return std::move(*searcher->search({.text = std::move(text), .offset = offset, .limit = limit}));
  }

  TemporaryFolder folder_;
  std::vector<fs::path> dirs_ = {folder_.path() / "public"};
};

TEST_F(Ranking, BeyondThreeWordsSomeAreEnough) {
  index(
      {test::work("a", "Heat plans for shade"), test::work("b", "Heat plans for shade in river towns"), test::work("c", "Coal")});
  EXPECT_EQ(test::ids(run("heat plans towns")), (std::vector<std::string>{"b"}));
  const ResultPage page = run("heat plans shade river towns");
  EXPECT_EQ(test::ids(page), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(page.total, 2u);
  ASSERT_FALSE(page.notes.empty());
  EXPECT_EQ(page.notes.front().text,
            "Works with at least 1 of these 5 words are shown, the nearest first. Quotation marks insist on a word.");
  EXPECT_EQ(test::ids(run("heat plans shade \"river\" zebra")), (std::vector<std::string>{"b"}));
  EXPECT_EQ(test::ids(run("heat plans shade zebra -river")), (std::vector<std::string>{"a"}));
}

TEST_F(Ranking, WhereHardlyAnyHasAllTheNearestFollow) {
  index({test::work("a", "Heat plans for shade"), test::work("b", "Heat plans for towns"), test::work("c", "Towns"),
         test::work("d", "Coal"), test::work("e", "Shade", 1999)});
  const auto nearest = [&](std::string text, std::size_t offset = 0) {
    auto searcher = Searcher::open(dirs_);
    const ResultPage page = *searcher->search({.text = std::move(text), .offset = offset, .facets = {"year"}, .nearest = true});
    std::string out = fmt::format("{} {}", page.total, fmt::join(test::ids(page), " "));
    for (const Hit& hit : page.nearest) out += " +" + hit.id;
    return out;
  };
  EXPECT_EQ(nearest("heat towns"), "1 b +c +a");
  EXPECT_EQ(nearest("\"plans shade\""), "0  +a +e +b");        // what quotation marks insist on is a wish there
  EXPECT_EQ(nearest("shade towns year:2020"), "0  +c +a +b");  // a field holds
  EXPECT_EQ(nearest("shade towns -plans"), "0  +c +e");        // what is excluded stays so
  EXPECT_EQ(nearest("title:shade title:towns"), "0 ");         // a field's words are insisted on
  EXPECT_EQ(nearest("coal"), "1 d");                           // nothing lacks a part of one word
  EXPECT_EQ(nearest("heat towns", 1), "1 ");                   // on the first page only
  EXPECT_TRUE(run("heat towns").nearest.empty());              // only when it is asked for
}

TEST_F(Ranking, TheNearestFillOnePageOnly) {
  std::vector<EntryData> works;
  for (int i = 0; i < 30; ++i) works.push_back(test::work(fmt::format("w{:02}", i), i < 8 ? "Heat plans" : "Heat"));
  index(works);
  auto searcher = Searcher::open(dirs_);
  const ResultPage page = *searcher->search({.text = "heat plans", .nearest = true});
  EXPECT_EQ(page.total, 8u);
  EXPECT_EQ(page.nearest.size(), 2u);
}

TEST_F(Ranking, QuotesAndColonsInAPastedTextAreText) {
  index({test::work("a", "Eigenvalues of matrices"), test::work("b", "Coal")});
  const std::string text = "Articles about the sensitivity of eigenvalues, also on the subject: C. Davis, ";
  EXPECT_EQ(test::ids(run(text + "\"The rotation of vectors by a permutation\"")), (std::vector<std::string>{"a"}));
}

TEST_F(Ranking, NeighboursNearEachOtherStandHigher) {
  index({test::work("a", "Heat one two three four five six seven eight nine ten island"),
         test::work("b", "Heat island two three four five six seven eight nine ten one"), test::work("c", "Other")});
  EXPECT_EQ(test::ids(run("heat island")), (std::vector<std::string>{"b", "a"}));
}

// Pairs of words that never meet but keep the same company.
std::vector<EntryData> two_subjects() {
  std::vector<EntryData> out;
  for (int i = 0; i < 240; ++i) {
    const bool sea = i % 2 == 0;
    out.push_back(
        test::work(fmt::format("w{:03}", i), sea ? fmt::format("{} tide harbour ship{}", i % 4 ? "vessel" : "boat", i % 7)
                                                 : fmt::format("soil plough harvest field{}", i % 7)));
  }
  return out;
}

TEST_F(Ranking, TopicsFoldWhatTheyKnow) {
  index(two_subjects());
  EXPECT_EQ(Topics::load(dirs_.front()).documents(), 0u);
  ASSERT_TRUE(Topics::train(dirs_.front()));
  const Topics topics = Topics::load(dirs_.front());
  ASSERT_EQ(topics.documents(), 240u);
  const std::vector<std::pair<std::string, double>> boat = {{"boat", 1}}, unheard = {{"unheard", 1}};
  EXPECT_NEAR(topics.cosine(topics.fold(boat), topics.fold(boat)), 1, 1e-3);
  EXPECT_GT(topics.cosine(topics.fold(boat), 1), topics.cosine(topics.fold(boat), 2));  // w000 has a boat, w001 has none
  EXPECT_TRUE(topics.fold(unheard).empty());
}

// What a build learns of its parts, before they are one, is what the whole index teaches.
TEST_F(Ranking, TopicsOfPartsAreThoseOfTheWhole) {
  const fs::path dir = dirs_.front().parent_path() / "built";
  const std::vector<EntryData> works = two_subjects();
  ASSERT_TRUE(build(dir, {.jobs = 3, .identity = {"library", "public", Content::works, {}, 2}}, test::stream_of(works)));
  const auto topics = [&] {
    std::string out;
    for (const fs::path& shard : shards_in(dir)) out += *read_file(shard / "topics");
    return out;
  };
  const std::string of_parts = topics();
  ASSERT_TRUE(Topics::train(dir));
  EXPECT_EQ(of_parts, topics());
}

TEST_F(Ranking, WorksThatKeepCompanyStandHigher) {
  index(two_subjects());
  ASSERT_TRUE(Topics::train(dirs_.front()));
  auto searcher = Searcher::open(dirs_);
  const auto score = [&](double share) {
    return searcher->search({.text = "vessel tide", .weights = {.company = share, .citation = 0, .recency = 0}})
        ->hits.front()
        .score;
  };
  EXPECT_NEAR(score(1), 2 * score(0), 1e-6);  // all are alike
}

TEST_F(Ranking, PagesOfRankedAgainWorksDoNotOverlap) {
  index(two_subjects());
  ASSERT_TRUE(Topics::train(dirs_.front()));
  std::set<std::string> seen;
  for (std::size_t offset = 0; offset < 120; offset += 25) {
    for (const std::string& id : test::ids(run("tide harbour", offset, 25))) EXPECT_TRUE(seen.insert(id).second) << id;
  }
  EXPECT_EQ(seen.size(), 120u);
}

// Beyond the page only those works whose words may bring them onto it are looked at.
TEST_F(Ranking, AWorkStandsWhereItDoesHoweverManyAreShown) {
  std::vector<EntryData> works;
  for (int i = 0; i < 90; ++i) {
    std::string text = i % 3 == 0 ? "river heat plan" : "river";
    for (int gap = 0; gap < i % 14; ++gap) text += fmt::format(" word{}", (i * gap) % 31);
    text += i % 2 == 0 ? " heat plan" : " plan";
    for (int gap = 0; gap < i % 9; ++gap) text += fmt::format(" other{}", gap);
    works.push_back(test::work(fmt::format("w{:02}", i), "Notes", 2020, text + (i % 5 == 0 ? " river heat" : " heat")));
  }
  index(works);
  const ResultPage all = run("river heat plan", 0, 200);
  ASSERT_EQ(all.hits.size(), 90u);
  for (const std::size_t offset : {0u, 10u, 20u}) {
    const ResultPage page = run("river heat plan", offset);
    for (std::size_t i = 0; i < page.hits.size(); ++i) {
      EXPECT_EQ(page.hits[i].id, all.hits[offset + i].id);
      EXPECT_DOUBLE_EQ(page.hits[i].score, all.hits[offset + i].score);
    }
  }
}

TEST_F(Ranking, DamagedTopicsAreNone) {
  index(two_subjects());
  ASSERT_TRUE(Topics::train(dirs_.front()));
  const std::string whole = *read_file(dirs_.front() / "topics");
  for (const std::size_t size : {std::size_t{0}, std::size_t{7}, whole.size() / 2, whole.size() - 1}) {
    ASSERT_TRUE(replace_file(dirs_.front() / "topics", whole.substr(0, size)));
    EXPECT_EQ(Topics::load(dirs_.front()).documents(), 0u) << size;
    EXPECT_EQ(run("tide").total, 120u);
  }
}

}  // namespace
}  // namespace colophon::indexer
