// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <set>

#include "base/io.hpp"
#include "indexer/subspace.hpp"
#include "indexer/topics.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;

TEST(Subspace, HoldsTheLargestDirections) {
  SparseRows matrix;  // rows along three axes, the third hardly
  matrix.columns = 3;
  for (int i = 0; i < 30; ++i) {
    matrix.add(i % 2 ? 0 : 1, 1.0F);
    if (i == 0) matrix.add(2, 0.1F);
    matrix.end_row();
  }
  const Basis basis = dominant_subspace(matrix, 2);
  ASSERT_EQ(basis.rank, 2u);
  const auto inner = [&](std::size_t a, std::size_t b) {
    float out = 0;
    for (std::size_t row = 0; row < 3; ++row) out += basis.rows[row * 2 + a] * basis.rows[row * 2 + b];
    return out;
  };
  EXPECT_NEAR(inner(0, 0), 1, 1e-4);
  EXPECT_NEAR(inner(1, 1), 1, 1e-4);
  EXPECT_NEAR(inner(0, 1), 0, 1e-4);
  EXPECT_LT(std::hypot(basis.rows[4], basis.rows[5]), 0.05F);
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

TEST_F(Ranking, TopicsBringTogetherWhatKeepsTheSameCompany) {
  index(two_subjects());
  EXPECT_EQ(Topics::load(dirs_.front()).documents(), 0u);
  ASSERT_TRUE(Topics::train(dirs_.front()));
  const Topics topics = Topics::load(dirs_.front());
  ASSERT_EQ(topics.documents(), 240u);
  const std::vector<std::pair<std::string, double>> boat = {{"boat", 1}}, vessel = {{"vessel", 1}}, soil = {{"soil", 1}};
  EXPECT_GT(topics.cosine(topics.fold(boat), topics.fold(vessel)), topics.cosine(topics.fold(boat), topics.fold(soil)) + 0.2);
  EXPECT_TRUE(topics.fold(std::vector<std::pair<std::string, double>>{{"unheard", 1}}).empty());
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
