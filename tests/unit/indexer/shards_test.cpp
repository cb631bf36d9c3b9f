// SPDX-License-Identifier: GPL-3.0-or-later
// An index in shards answers as the one database would.
#include "indexer/shards.hpp"

#include <array>

#include "base/io.hpp"
#include "indexer/bulk.hpp"
#include "indexer/inspect.hpp"
#include "indexer/overlap/fingerprints.hpp"
#include "indexer/overlap/overlap.hpp"
#include "indexer/overlap/prose.hpp"
#include "indexer/similar.hpp"
#include "shard_support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;
using test::in_shards;
using test::requests;
using test::stream_of;

class Shards : public testing::Test {
 protected:
  void make(const fs::path& dir, std::size_t shards, std::size_t jobs, Content content = Content::works) {
    const auto built = build(dir, {.jobs = jobs, .watermark = 9, .identity = in_shards(shards, content)}, stream_of(works_));
    ASSERT_TRUE(built) << built.error().message;
    ASSERT_EQ(built->documents, works_.size());
  }
  void keep(const fs::path& dir, std::size_t shards) {
    Writer writer = std::move(*Writer::open(dir, in_shards(shards)));
    for (const EntryData& one : works_) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(9));
  }
  std::string answer(const fs::path& dir, const SearchRequest& request) const {
    auto searcher = Searcher::open(std::array{dir});
    return searcher ? test::answer(*searcher, request, works_) : searcher.error().message;
  }

  TemporaryFolder folder_;
  std::vector<EntryData> works_ = test::themed_works(320);
  fs::path one_ = folder_.path() / "one", many_ = folder_.path() / "many";
};

TEST(Shard, IsAFunctionOfTheId) {
  EXPECT_EQ(shard_of("ab3k9", 1), 0u);
  const std::array expected = {shard_of("ab3k9", 4), shard_of("zz0", 4), shard_of("ART-7KQ2/1", 4)};
  EXPECT_EQ(expected, (std::array<std::size_t, 3>{1, 2, 2}));  // for ever: documents stay where they are
  std::array<int, 4> counts{};
  for (int i = 0; i < 4000; ++i) ++counts[shard_of(fmt::format("w{}", i), 4)];
  for (const int count : counts) EXPECT_NEAR(count, 1000, 150);
}

TEST_F(Shards, AnswerAsOneDatabaseHoweverTheyWereMade) {
  make(one_, 1, 1);
  make(many_, 4, 3);
  EXPECT_EQ(shards_in(many_).size(), 4u);
  for (const SearchRequest& request : requests()) EXPECT_EQ(answer(one_, request), answer(many_, request)) << request.text;
  EXPECT_EQ(*dump(one_), *dump(many_));
  const fs::path kept_one = folder_.path() / "kept-one", kept = folder_.path() / "kept";
  keep(kept_one, 1);
  keep(kept, 3);
  for (const SearchRequest& request : requests()) EXPECT_EQ(answer(kept_one, request), answer(kept, request)) << request.text;
  EXPECT_EQ(*dump(one_), *dump(kept));
  const auto state = indexer::status(kept);
  EXPECT_EQ(state->shards, 3u);
  EXPECT_EQ(state->documents, works_.size());
  EXPECT_EQ(state->watermark, 9u);
}

TEST_F(Shards, OfferTheSameWordsAndLikeWorks) {
  make(one_, 1, 1);
  make(many_, 4, 1);
  const auto words = [](const fs::path& dir) {
    std::vector<std::pair<std::string, std::size_t>> out;
    const auto found = Searcher::open(std::array{dir})->words("", "h");
    for (const DictionaryWord& word : *found) out.emplace_back(word.word, word.works);
    return out;
  };
  EXPECT_EQ(words(one_), words(many_));
  EXPECT_FALSE(words(one_).empty());
  const auto like = [](const fs::path& dir) {
    std::vector<std::string> out;
    const auto found = SimilarWorks::open(std::array{dir})->like("Heat plans for the shade of river towns", "en", 10);
    for (const SimilarWork& work : *found) out.push_back(fmt::format("{} {:.9f}", work.id, work.score));
    return out;
  };
  EXPECT_EQ(like(one_), like(many_));
  EXPECT_EQ(like(one_).size(), 10u);
}

TEST_F(Shards, OfFingerprintsFindTheSameOverlaps) {
  make(one_, 1, 1, Content::fingerprints);
  make(many_, 4, 2, Content::fingerprints);
  const auto found = [&](const fs::path& dir) {
    const std::vector<HashedWord> words = hashed_words(prose_of(works_[3].record, works_[3].passages), Analyser());
    std::vector<std::string> out;
    const auto candidates = OverlapFinder::open(std::array{dir})->candidates(fingerprints(words));
    for (const auto& one : *candidates) out.push_back(fmt::format("{} {} {:.9f}", one.id, one.shared, one.weight));
    return out;
  };
  EXPECT_EQ(found(one_), found(many_));
  EXPECT_FALSE(found(one_).empty());
}

TEST_F(Shards, KeepEveryChangeInItsShard) {
  make(many_, 4, 2);
  {
    Writer writer = std::move(*Writer::open(many_, in_shards(4)));
    for (std::size_t i = 0; i < works_.size(); i += 2) ASSERT_TRUE(writer.remove(works_[i].id));
    for (std::size_t i = 1; i < works_.size(); i += 4) {
      works_[i] = test::work(works_[i].id, fmt::format("Bicycle lanes {}", i));
      ASSERT_TRUE(writer.replace(works_[i].entry()));
    }
    ASSERT_TRUE(writer.commit(10));
    EXPECT_EQ(writer.documents(), works_.size() / 2);
  }
  std::vector<EntryData> left;
  for (std::size_t i = 1; i < works_.size(); i += 2) left.push_back(works_[i]);
  works_ = left;
  make(one_, 1, 1);
  EXPECT_EQ(*dump(one_), *dump(many_));
  const auto files = verify_files(many_);
  ASSERT_TRUE(files);
  EXPECT_TRUE(files->good());
  EXPECT_EQ(files->files.front().name.substr(0, 2), "0/");
  ASSERT_TRUE(compact(many_));
  ASSERT_TRUE(compact(one_));
  EXPECT_EQ(*dump(one_), *dump(many_));
  for (const SearchRequest& request : requests()) EXPECT_EQ(answer(one_, request), answer(many_, request)) << request.text;
}

TEST_F(Shards, AnotherNumberOfThemIsSwappedInUnderReaders) {
  make(many_, 1, 1);
  auto searcher = Searcher::open(std::array{many_});
  const auto total = [&] { return searcher->search({.text = "heat", .facets = {"type"}})->total; };
  const std::size_t expected = total();
  for (const std::size_t shards : {4u, 2u, 3u, 1u}) {
    const auto writer = Writer::open(many_, in_shards(shards));
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, Errc::conflict);
    EXPECT_EQ(writer.error().message, "the index is in another number of shards");
    make(many_, shards, 2);
    EXPECT_EQ(total(), expected);
    EXPECT_EQ(indexer::status(many_)->shards, shards);
    ASSERT_TRUE(Writer::open(many_, in_shards(shards)));
  }
  const auto none = build(many_, {.identity = in_shards(0)}, stream_of(works_));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().message, "an index has at least one shard");
}

TEST_F(Shards, NoneMayBeMissing) {
  make(many_, 3, 1);
  for (const char* gone : {"2", "1", "0"}) {
    fs::remove_all(many_ / gone);
    const auto searcher = Searcher::open(std::array{many_});
    ASSERT_FALSE(searcher) << gone;
    EXPECT_EQ(searcher.error().code, gone[0] == '0' ? Errc::not_found : Errc::io);
    const bool told = searcher.error().message == "a shard of the index is missing";
    EXPECT_EQ(told, gone[0] != '0') << searcher.error().message;
    EXPECT_FALSE(indexer::status(many_));
  }
  make(many_, 3, 1);
  EXPECT_TRUE(Searcher::open(std::array{many_}));
}

TEST_F(Shards, OfAWriterThatIsAtWorkAreBusy) {
  make(many_, 3, 1);
  const auto first = Writer::open(many_, in_shards(3));
  ASSERT_TRUE(first);
  EXPECT_EQ(Writer::open(many_, in_shards(3)).error().code, Errc::busy);
  EXPECT_EQ(build(many_, {.jobs = 1, .identity = in_shards(3)}, stream_of(works_)).error().code, Errc::busy);
}

}  // namespace
}  // namespace colophon::indexer
