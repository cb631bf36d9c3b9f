// SPDX-License-Identifier: GPL-3.0-or-later
// Journeys of an index on disk: kept, rebuilt, overtaken, damaged.
#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "base/io.hpp"
#include "indexer/bulk.hpp"
#include "indexer/inspect.hpp"
#include "indexer/schema.hpp"
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xapian.h>

namespace colophon::indexer {
namespace {

namespace fs = std::filesystem;

class Index : public testing::Test {
 protected:
  Writer open() { return std::move(*Writer::open(dir_, {"library", "public"})); }

  void keep(const std::vector<EntryData>& works, std::uint64_t watermark) {
    Writer writer = open();
    for (const EntryData& one : works) ASSERT_TRUE(writer.replace(one.entry()));
    ASSERT_TRUE(writer.commit(watermark));
  }

  TemporaryFolder folder_;
  fs::path dir_ = folder_.path() / "index";
};

std::vector<EntryData> some_works(std::size_t count, unsigned seed = 1) {
  static const std::vector<std::string> kWords = {"heat",       "flood",      "city",  "cities", "Städte", "adaptation",
                                                  "resilience", "governance", "l’eau", "risk",   "river",  "finance"};
  std::mt19937 random(seed);
  const auto text = [&](std::size_t words) {
    std::string out;
    while (words--) out += kWords[random() % kWords.size()] + " ";
    return out;
  };
  std::vector<EntryData> out;
  for (std::size_t i = 0; i < count; ++i) {
    EntryData one = test::work(fmt::format("w{:04}", i), text(5), static_cast<int>(2000 + random() % 25), text(20));
    one.change = i + 1;
    one.record.type = random() % 2 ? bib::WorkType::report : bib::WorkType::article;
    one.record.add(bib::FieldId::language, bib::Code{random() % 3 ? "en" : "de"});
    for (unsigned p = 0; p < random() % 3; ++p) one.record.add(bib::FieldId::project, bib::Text{kWords[random() % 4], ""});
    for (std::uint32_t p = 1; p <= random() % 4; ++p) one.passages.push_back(test::page(p, text(30)));
    out.push_back(std::move(one));
  }
  return out;
}

TEST_F(Index, StartsEmptyAndRemembersItsWatermark) {
  EXPECT_EQ(open().watermark(), 0u);
  keep(some_works(3), 17);
  EXPECT_EQ(open().watermark(), 17u);
  const auto state = indexer::status(dir_);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->documents, 3u);
  EXPECT_EQ(state->watermark, 17u);
  EXPECT_EQ(state->schema_version, kSchemaVersion);
  EXPECT_EQ(state->library, "library");
  EXPECT_EQ(state->index_class, "public");
  EXPECT_GT(state->bytes, 1000u);
}

TEST_F(Index, WhatWasNotCommittedDoesNotMoveTheWatermark) {
  keep(some_works(3), 17);
  {
    Writer writer = open();
    ASSERT_TRUE(writer.replace(some_works(5)[4].entry()));
  }
  EXPECT_EQ(open().watermark(), 17u);
}

TEST_F(Index, ReplacesAndRemovesById) {
  keep({test::work("a", "Heat"), test::work("b", "Cold")}, 1);
  Writer writer = open();
  ASSERT_TRUE(writer.replace(test::work("a", "Flood").entry()));
  ASSERT_TRUE(writer.remove("b"));
  ASSERT_TRUE(writer.remove("never there"));
  ASSERT_TRUE(writer.commit(2));
  const auto all = dump(dir_);
  ASSERT_EQ(all->size(), 1u);
  EXPECT_NE(all->at("a").find("term Sflood x1"), std::string::npos);
  EXPECT_EQ(all->at("a").find("heat"), std::string::npos);
}

TEST_F(Index, ASecondWriterIsToldToWait) {
  const Writer first = open();
  const auto second = Writer::open(dir_, {"library", "public"});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::busy);
  EXPECT_FALSE(second.error().hint.empty());
}

TEST_F(Index, AnotherLibrarysOrClasssIndexIsRefused) {
  {
    const Writer made = open();
  }
  EXPECT_EQ(Writer::open(dir_, {"other", "public"}).error().code, Errc::conflict);
  EXPECT_EQ(Writer::open(dir_, {"library", "members"}).error().code, Errc::conflict);
}

TEST_F(Index, ADumpIsTheTermsThatWentIn) {
  const auto works = some_works(40);
  keep(works, 1);
  Analyser analyser;
  const auto all = dump(dir_);
  ASSERT_EQ(all->size(), works.size());
  for (const EntryData& one : works) EXPECT_EQ(all->at(one.id), to_text(terms_of(one.entry(), analyser)));
}

TEST_F(Index, RebuiltEqualsIncrementallyKept) {
  const auto works = some_works(60);
  auto before = some_works(80, 7);
  keep(before, 1);
  {
    Writer writer = open();
    for (std::size_t i = works.size(); i-- > 0;) ASSERT_TRUE(writer.replace(works[i].entry()));
    for (std::size_t i = works.size(); i < before.size(); ++i) ASSERT_TRUE(writer.remove(before[i].id));
    ASSERT_TRUE(writer.commit(9));
  }
  const fs::path rebuilt = folder_.path() / "rebuilt";
  const auto figures = build(rebuilt, {.jobs = 3, .watermark = 9, .identity = {"library", "public"}}, test::stream_of(works));
  ASSERT_TRUE(figures) << figures.error().message;
  EXPECT_EQ(figures->documents, works.size());
  EXPECT_EQ(*dump(dir_), *dump(rebuilt));
  EXPECT_EQ(indexer::status(rebuilt)->watermark, 9u);
  EXPECT_TRUE(verify_files(rebuilt)->good());
  EXPECT_FALSE(verify_files(rebuilt)->stale);
}

TEST_F(Index, BuildingSwapsUnderOpenReaders) {
  keep({test::work("old", "Heat")}, 1);
  auto searcher = Searcher::open(std::array{dir_});
  const std::vector<EntryData> works = {test::work("new", "Heat")};
  ASSERT_TRUE(build(dir_, {.jobs = 1, .watermark = 2, .identity = {"library", "public"}}, test::stream_of(works)));
  EXPECT_EQ(test::ids(*searcher->search({.text = "heat"})), std::vector<std::string>{"new"});
  EXPECT_EQ(open().watermark(), 2u);
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder_.path())) left.push_back(entry.path().filename());
  std::ranges::sort(left);
  EXPECT_EQ(left, (std::vector<std::string>{"index", "index.build-lock"}));
}

TEST_F(Index, BuildingWaitsForNobody) {
  keep({test::work("old", "Heat")}, 1);
  const Writer held = open();
  const std::vector<EntryData> works = {test::work("new", "Heat")};
  EXPECT_EQ(build(dir_, {.jobs = 1}, test::stream_of(works)).error().code, Errc::busy);
  EXPECT_TRUE(dump(dir_)->contains("old"));
}

TEST_F(Index, AnErrorInAJobStopsTheBuildAndArrives) {
  keep({test::work("old", "Heat")}, 1);
  const StreamFactory broken = [](std::size_t share, std::size_t) -> Result<Stream> {
    return Stream([share](EntryData&) -> Result<bool> {
      if (share == 1) return fail(Errc::not_found, "the passages of w0001 are gone", "run colophon verify", "w0001");
      return false;
    });
  };
  const auto out = build(dir_, {.jobs = 2}, broken);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error(), (Error{Errc::not_found, "the passages of w0001 are gone", "run colophon verify", "w0001"}));
  EXPECT_TRUE(dump(dir_)->contains("old"));
}

TEST_F(Index, AJobThatDiesIsAnError) {
  const StreamFactory deadly = [](std::size_t, std::size_t) -> Result<Stream> {
    return Stream([](EntryData&) -> Result<bool> { _exit(9); });
  };
  const auto out = build(dir_, {.jobs = 2}, deadly);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().code, Errc::internal);
  EXPECT_FALSE(fs::exists(dir_));
}

TEST_F(Index, JobsEndWithTheirBuilder) {
  const fs::path at_work = folder_.path() / "at-work";
  const StreamFactory endless = [&](std::size_t, std::size_t) -> Result<Stream> {
    return Stream([&](EntryData&) -> Result<bool> {
      std::ofstream(at_work) << "yes";
      for (;;) ::pause();
    });
  };
  const pid_t builder = ::fork();
  if (builder == 0) ::_exit(build(dir_, {.jobs = 2}, endless) ? 0 : 1);
  while (!fs::exists(at_work)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  ::kill(builder, SIGKILL);
  ::waitpid(builder, nullptr, 0);
  const std::vector<EntryData> works = {test::work("new", "Heat")};
  Result<BulkFigures> again = std::unexpected(Error{});
  for (int tries = 0; tries < 500 && !again; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    again = build(dir_, {.jobs = 1}, test::stream_of(works));
  }
  EXPECT_TRUE(again) << again.error().message;
}

TEST_F(Index, AnEmptyLibraryBuildsAnEmptyIndex) {
  const std::vector<EntryData> none;
  ASSERT_TRUE(build(dir_, {.jobs = 2, .watermark = 3}, test::stream_of(none)));
  EXPECT_EQ(indexer::status(dir_)->documents, 0u);
  auto searcher = Searcher::open(std::array{dir_});
  EXPECT_EQ(searcher->search({.text = "heat"})->total, 0u);
  EXPECT_EQ(searcher->search({.text = ""})->total, 0u);
}

// --- damage ---------------------------------------------------------------------------------------------------------------

void flip(const fs::path& file, std::uintmax_t at) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(at));
  const char c = static_cast<char>(stream.get() ^ 0x40);
  stream.seekp(static_cast<std::streamoff>(at));
  stream.put(c);
}

TEST_F(Index, OneFlippedByteIsFoundInAnyFile) {
  keep(some_works(200), 1);
  for (const auto& entry : fs::directory_iterator(dir_)) {
    const fs::path file = entry.path();
    if (file.extension() != ".glass" && file.filename() != "iamglass") continue;
    if (fs::file_size(file) == 0) continue;
    const auto at = fs::file_size(file) / 2;
    ASSERT_TRUE(verify_files(dir_)->good());
    flip(file, at);
    const auto report = verify_files(dir_);
    EXPECT_TRUE(!report || !report->good()) << file;
    flip(file, at);
  }
  EXPECT_FALSE(verify_files(dir_)->stale);
}

TEST_F(Index, AnUnfinishedWriterLeavesStaleChecksumsAndNoFalseAlarm) {
  keep(some_works(5), 1);
  {
    Writer writer = open();
    EXPECT_EQ(verify_files(dir_).error().code, Errc::busy);
    ASSERT_TRUE(writer.replace(test::work("x", "Heat").entry()));
  }
  const auto report = verify_files(dir_);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->stale);
  EXPECT_TRUE(report->good());
  ASSERT_TRUE(open().close());
  EXPECT_FALSE(verify_files(dir_)->stale);
}

constexpr std::array kFilesOfAnIndex = {"iamglass", "postlist.glass", "docdata.glass", "termlist.glass"};

TEST_F(Index, AFileCutShortIsAnErrorNeverACrash) {
  keep(some_works(300), 1);
  const fs::path copy = folder_.path() / "copy";
  for (const char* name : kFilesOfAnIndex) {
    for (const std::uintmax_t part : {0u, 1u, 2u, 3u}) {
      fs::remove_all(copy);
      fs::copy(dir_, copy);
      fs::resize_file(copy / name, fs::file_size(copy / name) * part / 4);
      if (auto searcher = Searcher::open(std::array{copy}))
        (void)searcher->search({.text = "heat \"city flood\" adapt*", .facets = {"type", "project"}});
      (void)indexer::status(copy);
      const auto report = verify_files(copy);
      EXPECT_TRUE(!report || !report->good()) << name << " cut to " << part << "/4";
      EXPECT_FALSE(dump(copy)) << name << " cut to " << part << "/4";
    }
  }
}

TEST_F(Index, ChangedBytesAreFoundBeforeXapianReadsThemAndARebuildMendsThem) {
  const auto works = some_works(100);
  keep(works, 1);
  const auto whole = dump(dir_);
  std::mt19937 random(5);
  for (const char* name : kFilesOfAnIndex) {
    const auto size = fs::file_size(dir_ / name);
    for (int i = 0; i < 40; ++i) flip(dir_ / name, random() % size);
    const auto report = verify_files(dir_);
    EXPECT_TRUE(!report || !report->good()) << name;
    ASSERT_TRUE(build(dir_, {.jobs = 2, .watermark = 1, .identity = {"library", "public"}}, test::stream_of(works)));
    EXPECT_EQ(dump(dir_), whole) << name;
  }
}

TEST_F(Index, ADamagedIndexIsRebuiltInPlace) {
  const auto works = some_works(20);
  keep(works, 1);
  fs::resize_file(dir_ / "iamglass", 3);
  const auto opened = Writer::open(dir_, {"library", "public"});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::io);
  EXPECT_NE(opened.error().hint.find("rebuild"), std::string::npos);
  ASSERT_TRUE(build(dir_, {.jobs = 2, .watermark = 1, .identity = {"library", "public"}}, test::stream_of(works)));
  EXPECT_EQ(dump(dir_)->size(), 20u);
}

TEST_F(Index, NoIndexIsNotFound) {
  EXPECT_EQ(Searcher::open(std::array{dir_}).error().code, Errc::not_found);
  ASSERT_TRUE(make_directory(dir_));
  EXPECT_EQ(Searcher::open(std::array{dir_}).error().code, Errc::not_found);
  EXPECT_EQ(indexer::status(dir_).error().code, Errc::not_found);
}

TEST_F(Index, AReaderThatIsOvertakenStartsAgain) {
  keep(some_works(50), 1);
  auto searcher = Searcher::open(std::array{dir_});
  Writer writer = open();
  // each source call commits twice, so the reader's snapshot is gone in the middle of its own search
  std::uint64_t commits = 1;
  const auto works = some_works(50, 3);
  const HitPassages overtaking = [&](std::string_view, std::size_t) {
    if (commits < 6) {
      for (int i = 0; i < 2; ++i) {
        for (const EntryData& one : works) (void)writer.replace(one.entry());
        (void)writer.commit(++commits);
      }
    }
    return std::vector<bib::Passage>{};
  };
  const auto page = searcher->search({.text = "heat", .limit = 50}, overtaking);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->hits.size(), page->total);
  EXPECT_GE(commits, 6u);
}

TEST_F(Index, CompactionKeepsEveryDocumentAndTheWatermark) {
  keep(some_works(120), 5);
  for (int round = 0; round < 5; ++round) keep(some_works(120, static_cast<unsigned>(round)), 6);
  const auto before = *dump(dir_);
  const auto grown = indexer::status(dir_);
  EXPECT_EQ(grown->compacted_bytes, 0u);
  const auto done = compact(dir_);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->documents, 120u);
  const auto after = indexer::status(dir_);
  EXPECT_LT(after->bytes, grown->bytes);
  EXPECT_GT(after->compacted_bytes, 0u);
  EXPECT_EQ(after->watermark, 6u);
  EXPECT_EQ(*dump(dir_), before);
  EXPECT_TRUE(verify_files(dir_)->good());
  EXPECT_TRUE(probe(dir_));
  keep(some_works(3, 9), 7);
  EXPECT_EQ(open().watermark(), 7u);
}

TEST_F(Index, CompactionIsWorthItsTimeFromAFactorOn) {
  const IndexStatus small{.bytes = kSmallIndex, .compacted_bytes = 1};
  const IndexStatus even{.bytes = 100u << 20, .compacted_bytes = 70u << 20};
  const IndexStatus grown{.bytes = 115u << 20, .compacted_bytes = 70u << 20};
  const IndexStatus never{.bytes = 20u << 20};
  EXPECT_FALSE(wants_compaction(small));
  EXPECT_FALSE(wants_compaction(even));
  EXPECT_TRUE(wants_compaction(grown));
  EXPECT_TRUE(wants_compaction(never));
}

TEST_F(Index, CompactionWaitsForNoWriterButLosesNoChange) {
  keep(some_works(50), 5);
  Writer writer = open();
  const auto refused = compact(dir_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::busy);
  ASSERT_TRUE(writer.replace(some_works(60, 3)[55].entry()));
  ASSERT_TRUE(writer.commit(6));
  ASSERT_TRUE(writer.close());
  ASSERT_TRUE(compact(dir_));
  EXPECT_EQ(indexer::status(dir_)->documents, 51u);
  EXPECT_EQ(compact(folder_.path() / "nowhere").error().code, Errc::not_found);
}

TEST_F(Index, AReaderGoesOnOverACompaction) {
  keep(some_works(50), 5);
  auto searcher = Searcher::open(std::array{dir_});
  const auto before = searcher->search({.text = "heat", .facets = {"year"}});
  ASSERT_TRUE(compact(dir_));
  const auto after = searcher->search({.text = "heat", .facets = {"year"}});
  ASSERT_TRUE(after);
  EXPECT_EQ(test::ids(*before), test::ids(*after));
  EXPECT_EQ(before->facets, after->facets);
}

TEST_F(Index, AProbeFindsADocumentThatNoIdLeadsTo) {
  keep(some_works(3), 1);
  EXPECT_TRUE(probe(dir_));
  {
    Xapian::WritableDatabase raw(dir_.string(), Xapian::DB_OPEN);
    Xapian::Document document;
    document.add_value(static_cast<Xapian::valueno>(Slot::id), "lost");
    raw.add_document(document);
    raw.commit();
  }
  const Status lost = probe(dir_);
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, Errc::io);
  EXPECT_NE(lost.error().message.find("document 4: it is not found by its id"), std::string::npos) << lost.error().message;
}

}  // namespace
}  // namespace colophon::indexer
