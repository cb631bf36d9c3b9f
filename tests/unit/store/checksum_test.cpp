// SPDX-License-Identifier: GPL-3.0-or-later
// One flipped byte in the library's file is found: at rest by damaged_pages(), and when it is read.
#include <algorithm>

#include "unit/store/support.hpp"

#include <gtest/gtest.h>

namespace colophon::store {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kPage = 4096;

class Checksums : public ::testing::Test {
 protected:
  void SetUp() override {
    file = folder.path() / "store.sqlite";
    Store store = testing::make_store(folder.path());
    ASSERT_TRUE(store.write([&]() -> Status {
      for (int i = 0; i < 200; ++i) {
        Source one = testing::source(std::to_string(i), "A title that fills pages " + std::string(100, 'x'));
        store.sources().insert(one);
        store.works().put({WorkId(one.id.value), {}, static_cast<std::uint64_t>(i + 1), WorkState::live, {}, {}, "{}"});
        TRY(store.ledger().append({"corpus", "added", "", "root", Json::object({{"n", i}})}, testing::kNow));
      }
      return {};
    }));
    ASSERT_TRUE(store.db().checkpoint());
  }

  void clean_up_log() {
    fs::remove(file.string() + "-wal");
    fs::remove(file.string() + "-shm");
  }

  // Whether reading the whole file through our own code notices anything.
  bool reading_notices() {
    clean_up_log();
    Result<Database> db = Database::open(file, Database::Mode::existing);
    if (!db) return true;
    {
      Query q = db->query("PRAGMA integrity_check(5)");
      while (q.next()) {
        if (q.text(0) != "ok") return true;
      }
    }
    return !db->take_status();
  }

  TemporaryFolder folder;
  fs::path file;
};

TEST_F(Checksums, AWholeFileIsWhole) {
  const Result<std::vector<std::uint64_t>> damaged = damaged_pages(file);
  ASSERT_TRUE(damaged) << damaged.error().message;
  EXPECT_TRUE(damaged->empty());
  EXPECT_FALSE(reading_notices());
}

TEST_F(Checksums, OneFlippedByteInAnyPageIsFound) {
  const std::string good = testing::bytes_of(file);
  ASSERT_EQ(good.size() % kPage, 0u);
  ASSERT_GT(good.size() / kPage, 40u);
  std::size_t flips = 0;
  for (std::size_t page = 0; page < good.size() / kPage; ++page) {
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{7}, std::size_t{101}, std::size_t{2048}, kPage - 9, kPage - 8, kPage - 1}) {
      const char mask = static_cast<char>(1 << ((page + at) % 8));
      std::string bad = good;
      bad[page * kPage + at] = static_cast<char>(bad[page * kPage + at] ^ mask);
      testing::write_bytes(file, bad);
      const Result<std::vector<std::uint64_t>> damaged = damaged_pages(file);
      if (damaged) {
        EXPECT_EQ(*damaged, std::vector<std::uint64_t>{page + 1}) << "byte " << at;
      } else {
        EXPECT_EQ(page, 0u) << damaged.error().message;
      }
      EXPECT_TRUE(reading_notices()) << "page " << page + 1 << " byte " << at;
      ++flips;
    }
  }
  EXPECT_GT(flips, 280u);
}

TEST_F(Checksums, EveryByteOfTheHeaderCounts) {
  const std::string good = testing::bytes_of(file);
  for (std::size_t at = 0; at < 100; ++at) {
    for (const int mask : {0x01, 0x08, 0x80}) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ mask);
      testing::write_bytes(file, bad);
      const Result<std::vector<std::uint64_t>> damaged = damaged_pages(file);
      EXPECT_TRUE(!damaged || !damaged->empty()) << "byte " << at;
      EXPECT_TRUE(reading_notices()) << "byte " << at << " mask " << mask;
    }
  }
}

TEST_F(Checksums, PagesThatChangedPlacesAreFound) {
  std::string bytes = testing::bytes_of(file);
  std::swap_ranges(bytes.begin() + 5 * kPage, bytes.begin() + 6 * kPage, bytes.begin() + 9 * kPage);
  testing::write_bytes(file, bytes);
  EXPECT_EQ(damaged_pages(file).value(), (std::vector<std::uint64_t>{6, 10}));
  EXPECT_TRUE(reading_notices());
}

TEST_F(Checksums, ATornFileIsFound) {
  const std::string good = testing::bytes_of(file);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{50}, kPage - 1, kPage, 7 * kPage, good.size() - kPage, good.size() - 1}) {
    testing::write_bytes(file, std::string_view(good).substr(0, size));
    const Result<std::vector<std::uint64_t>> damaged = damaged_pages(file);
    ASSERT_FALSE(damaged) << size;
    EXPECT_EQ(damaged.error().code, Errc::invalid);
    EXPECT_NE(damaged.error().hint.find("backup"), std::string::npos);
    if (size >= kPage) {
      EXPECT_TRUE(reading_notices()) << size;
    }
  }
  fs::remove(file);
  EXPECT_FALSE(damaged_pages(file));
}

TEST_F(Checksums, OthersFilesAreRefused) {
  clean_up_log();
  fs::remove(file);
  {
    sqlite3* plain = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &plain), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(plain, "CREATE TABLE t (a); INSERT INTO t VALUES (1)", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(plain);
  }
  const Result<Store> store = Store::open(folder.path());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::invalid);
  testing::write_bytes(
      file, "This is a text, and a rather long one, longer than the header of a database, which has a hundred bytes, no more.");
  const Result<Store> text = Store::open(folder.path());
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Errc::invalid);
  EXPECT_NE(text.error().message.find("no library file"), std::string::npos) << text.error().message;
}

TEST_F(Checksums, ACopyByVacuumHasChecksumsToo) {
  {
    Result<Store> store = Store::open(folder.path());
    ASSERT_TRUE(store);
    store->db().run("VACUUM INTO ?", (folder.path() / "copy.sqlite").string());
    ASSERT_TRUE(store->db().take_status());
  }
  const Result<std::vector<std::uint64_t>> damaged = damaged_pages(folder.path() / "copy.sqlite");
  ASSERT_TRUE(damaged) << damaged.error().message;
  EXPECT_TRUE(damaged->empty());
  std::string bytes = testing::bytes_of(folder.path() / "copy.sqlite");
  bytes[3 * kPage + 99] = static_cast<char>(bytes[3 * kPage + 99] ^ 4);
  testing::write_bytes(folder.path() / "copy.sqlite", bytes);
  EXPECT_EQ(damaged_pages(folder.path() / "copy.sqlite").value(), std::vector<std::uint64_t>{4});
}

}  // namespace
}  // namespace colophon::store
