// SPDX-License-Identifier: GPL-3.0-or-later
// An index in shards answers as the one database would.
#include "indexer/shards.hpp"

#include <array>
#include <random>
#include <set>

#include "base/io.hpp"
#include "indexer/bulk.hpp"
#include "indexer/inspect.hpp"
#include "indexer/overlap/fingerprints.hpp"
#include "indexer/overlap/overlap.hpp"
#include "indexer/overlap/prose.hpp"
#include "indexer/similar.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;

constexpr std::array kWords = {"heat",    "flood",     "city",   "plans",   "adaptation", "governance", "risk",     "river",
                               "finance", "shade",     "towns",  "housing", "water",      "transport",  "energy",   "equity",
                               "coastal", "insurance", "health", "trees",   "justice",    "data",       "mobility", "waste"};

// Texts of a few themes, so that there is something to learn; every tenth work is a version of the one before.
std::vector<EntryData> some_works(std::size_t count) {
  std::mt19937 random(11);
  std::vector<EntryData> out;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t theme = random() % 5;
    const auto text = [&](std::size_t words) {
      std::string words_of_it;
      while (words--)
        words_of_it += std::string(kWords[(theme * 4 + random() % 9) % kWords.size()]) + (random() % 9 ? " " : ", ");
      return words_of_it;
    };
    EntryData one = test::work(fmt::format("w{:04}", i), text(6), static_cast<int>(2000 + random() % 25), text(30));
    one.change = i + 1;
    one.record.type = random() % 2 ? bib::WorkType::report : bib::WorkType::article;
    one.record.add(bib::FieldId::doi, bib::Code{fmt::format("10.1000/{}", i)});
    if (i % 10 == 9)
      one.record.add(bib::FieldId::related, bib::Link{"has-preprint", "doi", fmt::format("10.1000/{}", i - 1), {}});
    if (random() % 3 == 0) one.record.add(bib::FieldId::project, bib::Text{kWords[random() % 4], ""});
    for (std::uint32_t p = 1; p <= random() % 4; ++p) one.passages.push_back(test::page(p, text(60)));
    out.push_back(std::move(one));
  }
  return out;
}

StreamFactory stream_of(const std::vector<EntryData>& works) {
  return [&works](std::size_t job, std::size_t jobs) -> Result<Stream> {
    return Stream([&works, jobs, at = job](EntryData& out) mutable -> Result<bool> {
      if (at >= works.size()) return false;
      out = works[at];
      at += jobs;
      return true;
    });
  };
}

Identity identity(std::size_t shards, Content content = Content::works) { return {"library", "public", content, {}, shards}; }

class Shards : public testing::Test {
 protected:
  void make(const fs::path& dir, std::size_t shards, std::size_t jobs, Content content = Content::works) {
    const auto built = build(dir, {.jobs = jobs, .watermark = 9, .identity = identity(shards, content)}, stream_of(works_));
    ASSERT_TRUE(built) << built.error().message;
    ASSERT_EQ(built->documents, works_.size());
  }
  void keep(const fs::path& dir, std::size_t shards) {
    Writer writer = std::move(*Writer::open(dir, identity(shards)));
    for (const EntryData& one : works_) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(9));
  }
  // What people see of it, a hit a line; scores to nine digits, for sums are made in another order.
  std::string answer(const fs::path& dir, SearchRequest request) const {
    request.facets = {"type", "year", "project"};
    request.advise = request.nearest = request.explain = true;
    auto page = Searcher::open(std::array{dir})->search(request, test::source_of(works_));
    if (!page) return page.error().message;
    std::string out;
    const auto list = [&](const std::vector<Hit>& hits) {
      for (const Hit& hit : hits)
        out += fmt::format("{} {:.9f} p{} {} {} {}\n", hit.id, hit.score, hit.page, hit.more.size(), hit.versions,
                           test::marked(hit.snippet));
    };
    list(std::exchange(page->hits, {}));
    out += "nearest\n";
    list(std::exchange(page->nearest, {}));
    if (const auto explained = std::exchange(page->explanation, std::nullopt)) {
      for (const auto& part : explained->parts)
        out += fmt::format("{} {} {} {:.9f}\n", part.depth, part.what, part.works, part.weight);
    }
    return out + to_json(*page).dump();
  }
  static std::vector<SearchRequest> requests() {
    std::vector<SearchRequest> out;
    for (const char* text :
         {"", "heat", "heat plans", "\"heat plans\"", "heat near/3 river", "heat plans shade towns governance", "adapt* -flood",
          "flood OR \"coastal insurance\"", "title:heat year:2005..2015", "type:report finance", "governence", "project:heat",
          "family:10.1000/8", "zebra", "heat zebra", "-heat", "transport energy equity coastal insurance health trees"})
      out.push_back({.text = text});
    for (const Sort sort : {Sort::newest, Sort::oldest, Sort::title}) out.push_back({.text = "heat", .sort = sort});
    out.push_back({.text = "risk", .collapse = true});
    out.push_back({.text = "risk", .offset = 20, .limit = 30});
    out.push_back({.text = "risk", .filters = {{"type", {"article"}}}});
    out.push_back({.text = "river trees", .broaden = true});
    out.push_back({.text = "", .like = "w0007"});
    return out;
  }

  TemporaryFolder folder_;
  std::vector<EntryData> works_ = some_works(320);
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
    Writer writer = std::move(*Writer::open(many_, identity(4)));
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
    const auto writer = Writer::open(many_, identity(shards));
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, Errc::conflict);
    EXPECT_EQ(writer.error().message, "the index is in another number of shards");
    make(many_, shards, 2);
    EXPECT_EQ(total(), expected);
    EXPECT_EQ(indexer::status(many_)->shards, shards);
    ASSERT_TRUE(Writer::open(many_, identity(shards)));
  }
  const auto none = build(many_, {.identity = identity(0)}, stream_of(works_));
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
  const auto first = Writer::open(many_, identity(3));
  ASSERT_TRUE(first);
  EXPECT_EQ(Writer::open(many_, identity(3)).error().code, Errc::busy);
  EXPECT_EQ(build(many_, {.jobs = 1, .identity = identity(3)}, stream_of(works_)).error().code, Errc::busy);
}

}  // namespace
}  // namespace colophon::indexer
