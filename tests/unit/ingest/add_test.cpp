// SPDX-License-Identifier: GPL-3.0-or-later
// Files and folders into a store: what is counted, what is told, what a second look finds.
#include "ingest/add.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "base/digest.hpp"
#include "base/io.hpp"
#include "ingest/assimilate.hpp"

#include <gtest/gtest.h>

namespace colophon::ingest {
namespace {

namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

const fs::path kExtract = fs::path(COLOPHON_BIN_DIR) / "colophon-extract";

// A library and a folder of files beside it.
class AddTest : public ::testing::Test {
 protected:
  struct Told {
    AddCounts counts;
    std::vector<Item> items;
    std::vector<Diagnostic> diagnostics;
    std::map<std::string, Strings> vanished;
  };

  Told add(const std::vector<fs::path>& paths, store::Store* into = nullptr) {
    Told out;
    AddObserver observer;
    observer.item = [&](const Item& item) { out.items.push_back(item); };
    observer.diagnostic = [&](const Diagnostic& d) { out.diagnostics.push_back(d); };
    observer.vanished = [&](const std::string& path, const Strings& ids) { out.vanished[path] = ids; };
    const Result<AddCounts> counts = add_paths(into ? *into : store, clock, paths, options(), observer);
    EXPECT_TRUE(counts) << counts.error().message;
    if (counts) out.counts = *counts;
    return out;
  }
  static AddOptions options() {
    AddOptions out;
    out.access = bib::parse_access("public").value();
    out.extract_program = kExtract;
    out.actor = "ana";
    out.operator_name = "root";
    return out;
  }
  fs::path put(const std::string& name, const std::string& text) {
    const fs::path file = papers.path() / name;
    EXPECT_TRUE(replace_file(file, text));
    return file;
  }
  static std::string entry(const std::string& key, const std::string& title, const std::string& more = {}) {
    return "@report{" + key + ",\n  title = {" + title + "},\n  author = {Doe, Jane},\n  year = 2019" + more + "\n}\n";
  }

  TemporaryFolder library, papers;
  store::Store store = store::Store::create(library.path()).value();
  ManualClock clock{Instant{1'790'000'000'000}};
};

void expect_counts(const AddCounts& counts, std::size_t added, std::size_t updated, std::size_t unchanged, std::size_t failed) {
  EXPECT_EQ(counts.added, added) << "added";
  EXPECT_EQ(counts.updated, updated) << "updated";
  EXPECT_EQ(counts.unchanged, unchanged) << "unchanged";
  EXPECT_EQ(counts.failed, failed) << "failed";
}

TEST_F(AddTest, CountsEachEntryOnceAndThenFindsItUnchanged) {
  const fs::path file = put("a.bib", entry("x", "Heat") + entry("y", "Flood") + entry("z", "Heat", ",\n  doi = {10.1234/1}"));
  const Told first = add({file});
  expect_counts(first.counts, 2, 1, 0, 0);
  ASSERT_EQ(first.items.size(), 3u);
  EXPECT_EQ(first.items[0].local_id, "x");
  EXPECT_EQ(first.items[0].title, "Heat");
  EXPECT_EQ(first.items[0].work_id, first.items[2].work_id);
  EXPECT_EQ(store.ledger().version_of("corpus"), 1) << "one event a batch";
  for (int i = 0; i < 2; ++i) {
    const Told again = add({file});
    expect_counts(again.counts, 0, 0, 3, 0);
    EXPECT_TRUE(again.vanished.empty());
  }
  EXPECT_EQ(store.ledger().version_of("corpus"), 1) << "nothing happened, nothing is recorded";
  expect_counts(
      add({put("copy.bib", entry("x", "Heat") + entry("y", "Flood") + entry("z", "Heat", ",\n  doi = {10.1234/1}"))}).counts, 0,
      0, 3, 0);
}

TEST_F(AddTest, AnEditedFileSupersedesByKey) {
  const fs::path file = put("a.bib", entry("x", "Heat") + entry("y", "Flood"));
  const Told first = add({file});
  put("a.bib", entry("x", "Heat waves") + entry("y", "Flood") + entry("w", "Storm"));
  const Told second = add({file});
  expect_counts(second.counts, 1, 1, 1, 0);
  EXPECT_EQ(second.items[0].changes, Strings{"title"});
  EXPECT_EQ(second.items[0].work_id, first.items[0].work_id);
  EXPECT_TRUE(second.vanished.empty());
  const Told third = add({file});
  expect_counts(third.counts, 0, 0, 3, 0);
  EXPECT_TRUE(third.vanished.empty()) << "entries that stood in the file's earlier state are still there";
}

TEST_F(AddTest, AnOlderStateOfTheFileComesBack) {
  const fs::path file = put("a.bib", entry("x", "Heat"));
  const Told first = add({file});
  put("a.bib", entry("x", "Heat waves"));
  add({file});
  put("a.bib", entry("x", "Heat"));
  const Told back = add({file});
  expect_counts(back.counts, 0, 1, 0, 0);
  EXPECT_EQ(back.items[0].work_id, first.items[0].work_id);
  expect_counts(add({file}).counts, 0, 0, 1, 0);
  EXPECT_EQ(store.works().count_live(), 1);
}

TEST_F(AddTest, EntriesThatVanishedAreToldAndKept) {
  const fs::path file = put("a.bib", entry("x", "Heat") + entry("y", "Flood"));
  add({file});
  put("a.bib", entry("x", "Heat"));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(add({file}).vanished[file.string()], Strings{"y"});
  EXPECT_EQ(store.works().count_live(), 2);
}

TEST_F(AddTest, WhatANewerReadingOfTheSameBytesDoesNotGiveIsRemoved) {
  const std::string bytes =
      "<article><front><article-meta><title-group><article-title>Heat</article-title></title-group></article-meta></front></"
      "article>";
  const fs::path file = put("a.xml", bytes);
  expect_counts(add({file}).counts, 1, 0, 0, 0);
  const auto as_an_older_reader = [&]() -> Status {
    NewSource letter;
    letter.path = file.string(), letter.local_id = "#1";
    letter.source.key = sha256("the second of this file");
    letter.source.kind = bib::SourceKind::jats, letter.source.format = "jats";
    letter.source.blob = sha256(bytes), letter.source.child = 1, letter.source.reader_version = 1;
    letter.source.work.add(bib::FieldId::title, bib::RichText("Decision letter"));
    Assimilation assimilation(store, clock.now());
    assimilation.take(std::move(letter));
    assimilation.finish();
    store::Blobs::set_read(store.db(), sha256(bytes), 1);
    return {};
  };
  ASSERT_TRUE(store.write(as_an_older_reader));
  EXPECT_EQ(store.works().all_live().size(), 2u);
  const Told again = add({file});
  EXPECT_EQ(store.works().all_live().size(), 1u);
  EXPECT_TRUE(again.vanished.empty()) << "nobody took it out of the file";
  EXPECT_FALSE(store.sources().at_origin(file.string(), "#1"));
  expect_counts(add({file}).counts, 0, 0, 1, 0);
}

TEST_F(AddTest, AnEntryInTwoFilesIsInBoth) {
  const fs::path one = put("one.bib", entry("x", "Heat") + entry("y", "Flood"));
  const fs::path two = put("two.bib", entry("x", "Heat") + entry("z", "Storm"));
  add({one});
  expect_counts(add({two}).counts, 1, 0, 1, 0);
  const Told again = add({two});
  expect_counts(again.counts, 0, 0, 2, 0);
  EXPECT_TRUE(again.vanished.empty());
  put("two.bib", entry("z", "Storm"));
  EXPECT_EQ(add({two}).vanished[two.string()], Strings{"x"});
  const Told copy = add({put("three.bib", entry("x", "Heat") + entry("z", "Storm"))});
  expect_counts(copy.counts, 0, 0, 2, 0);
  Strings there;
  store.sources().for_each_origin_at((papers.path() / "three.bib").string(),
                                     [&](std::string_view local_id, store::SourceId) { there.emplace_back(local_id); });
  EXPECT_EQ(there, (Strings{"x", "z"}));
}

TEST_F(AddTest, AKeyUsedTwiceIsTwoEntries) {
  const fs::path file = put("a.bib", entry("x", "Heat") + entry("x", "Flood") + entry("x", "Heat"));
  const Told first = add({file});
  expect_counts(first.counts, 2, 0, 1, 0);
  Strings ids;
  for (const Item& item : first.items) ids.push_back(item.local_id);
  EXPECT_EQ(ids, (Strings{"x", "x~2", "x~3"}));
  EXPECT_TRUE(add({file}).vanished.empty());
}

TEST_F(AddTest, OneBadFileNeverStopsTheRest) {
  put("a.bib", entry("x", "Heat"));
  put("b.bib", "");
  put("c.bib", std::string("PK\x03\x04") + " this is an archive");
  put("notes.txt", "nothing for us");
  put("z.bib", entry("y", "Flood"));
  const Told told = add({papers.path(), papers.path() / "missing.bib"});
  expect_counts(told.counts, 2, 0, 0, 3);
  EXPECT_EQ(told.counts.skipped, 1u) << "a text without our ending is not worth a word";
  for (const Item& item : told.items) {
    if (item.status != "failed") continue;
    EXPECT_FALSE(item.reason.empty()) << item.path;
    EXPECT_FALSE(item.hint.empty()) << item.path << ": " << item.reason;
  }
  EXPECT_TRUE(store.blobs().orphans(store.db()).empty());
}

TEST_F(AddTest, AnItemIsToldOnlyOnceItIsDurable) {
  const fs::path file = put("a.bib", entry("x", "Heat"));
  AddObserver observer;
  std::int64_t seen = 0;
  observer.item = [&](const Item& item) {
    Result<store::Store> other = store::Store::open(library.path());
    ASSERT_TRUE(other);
    EXPECT_TRUE(other->sources().with_short_id(item.work_id));
    seen = other->sources().count();
  };
  ASSERT_TRUE(add_paths(store, clock, {file}, options(), observer));
  EXPECT_EQ(seen, 1);
}

TEST_F(AddTest, StoppingLeavesAConsistentLibraryAndASecondRunGoesOn) {
  std::string many;
  for (int i = 0; i < 3000; ++i) many += entry("k" + std::to_string(i), "Title " + std::to_string(i));
  const fs::path file = put("many.bib", many);
  std::atomic<bool> stop = false;
  AddOptions stopping = options();
  stopping.stop = &stop;
  AddObserver observer;
  // From the first batch on, whose size does not depend on how fast the machine is.
  observer.item = [&](const Item&) { stop = true; };
  const Result<AddCounts> first = add_paths(store, clock, {file}, stopping, observer);
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->interrupted);
  EXPECT_LT(first->added, 3000u);
  EXPECT_EQ(static_cast<std::size_t>(store.works().count_live()), first->added) << "what was told is there";
  const Told second = add({file});
  expect_counts(second.counts, 3000 - first->added, 0, first->added, 0);
  EXPECT_TRUE(second.vanished.empty());
}

TEST_F(AddTest, ABusyLibraryIsAnErrorAndLosesNothing) {
  const fs::path file = put("a.bib", entry("x", "Heat"));
  add({file});
  {
    Result<store::Store> other = store::Store::open(library.path());
    ASSERT_TRUE(other->db().begin());
    const Result<AddCounts> counts = add_paths(store, clock, {put("b.bib", entry("y", "Flood"))}, options(), {});
    ASSERT_FALSE(counts);
    EXPECT_EQ(counts.error().code, Errc::busy);
    other->db().rollback();
  }
  EXPECT_EQ(store.works().count_live(), 1);
  expect_counts(add({papers.path()}).counts, 1, 0, 1, 0);
}

// --- the demonstration corpus, by any way ------------------------------------------------------------------------------

// An entry that stands in two files is one source; its places are those in the file that came first, which is no statement about the work.
std::string without_places(const std::string& record) {
  Result<bib::Work> work = bib::work_from_json(Json::parse(record).value());
  bib::Work out;
  out.type = work->type;
  for (const bib::Statement& s : work->statements()) out.add(s.field, s.value, {}, s.source);
  return to_json(out).dump();
}

std::map<std::set<std::string>, std::string> works_of(store::Store& store) {
  std::map<std::set<std::string>, std::string> out;
  for (const store::WorkId id : store.works().all_live()) {
    std::set<std::string> keys;
    for (const store::SourceId member : store.works().members(id)) keys.insert(store.sources().get(member)->key.hex());
    out[keys] = without_places(store.works().get(id)->record);
  }
  return out;
}

TEST_F(AddTest, TheOrderOfFilesPlaysNoPart) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(COLOPHON_SOURCE_DIR) / "corpus" / "works")) {
    if (entry.is_regular_file() &&
        (entry.path().extension() == ".bib" || (fs::exists(kExtract) && entry.path().extension() == ".xml")))
      files.push_back(entry.path());
  }
  if (fs::exists(kExtract)) {  // each paper arrives as JATS and as PDF
    std::vector<fs::path> papers_there;
    for (const auto& entry : fs::directory_iterator(fs::path(COLOPHON_SOURCE_DIR) / "corpus" / "papers")) {
      if (entry.path().extension() == ".xml" || entry.path().extension() == ".pdf") papers_there.push_back(entry.path());
    }
    std::ranges::sort(papers_there);
    files.insert(files.end(), papers_there.begin(),
                 papers_there.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(papers_there.size(), 8)));
  }
  if (files.empty()) GTEST_SKIP() << "no corpus here";
  std::ranges::sort(files);
  const Told forward = add(files);
  EXPECT_EQ(forward.counts.failed, 0u);
  const auto expected = works_of(store);
  EXPECT_GT(expected.size(), 30u);
  std::ranges::reverse(files);
  TemporaryFolder second_folder;
  store::Store second = store::Store::create(second_folder.path()).value();
  for (const fs::path& file : files) add({file}, &second);
  add(files, &second);
  const auto got = works_of(second);
  for (const auto& [keys, record] : expected) {
    const auto found = got.find(keys);
    ASSERT_NE(found, got.end()) << "otherwise clustered: " << record;
    EXPECT_EQ(found->second, record);
  }
  EXPECT_EQ(second.works().count_live(), store.works().count_live());
}

}  // namespace
}  // namespace colophon::ingest
