// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <thread>

#include "unit/store/support.hpp"

#include <gtest/gtest.h>

namespace colophon::store {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class DatabaseTest : public ::testing::Test {
 protected:
  TemporaryFolder folder;
  Store store = testing::make_store(folder.path());
};

// What one statement alone answers within a transaction that is undone.
Status try_out(Store& store, std::string_view sql) {
  return store.write([&]() -> Status {
    store.db().script(sql);
    TRY(store.db().status());
    return fail(Errc::conflict, "undone");
  });
}

TEST_F(DatabaseTest, TablesAreStrictAndKeysAreForeign) {
  for (const std::string_view refused : {
           "INSERT INTO match_key (hash, source) VALUES (1, 999)",                        // no such source
           "INSERT INTO work (id, change, state, record) VALUES (999, 1, 'live', '{}')",  // no such source
           "INSERT INTO blob (sha256, size, added_at) VALUES (x'00', 1, 1)",              // too short
           "INSERT INTO blob (sha256, size, added_at) VALUES (zeroblob(32), 'big', 1)",   // no number
           "INSERT INTO origin (path, local_id, source) VALUES ('a', 'b', 'c')",          // no number
           "INSERT INTO outbox (seq, recipient, kind, body) VALUES (1, 'a', 'b', '{}')",  // no such event
           "INSERT INTO decision (a, b, verdict) VALUES (2, 1, 'same')",                  // a < b
       }) {
    const Status status = try_out(store, refused);
    ASSERT_FALSE(status) << refused;
    EXPECT_EQ(status.error().code, Errc::internal) << refused << ": " << status.error().message;
  }
  EXPECT_EQ(try_out(store, "INSERT INTO blob (sha256, size, added_at) VALUES (zeroblob(32), 1, 1)").error().code, Errc::conflict);
}

TEST_F(DatabaseTest, EventsAreNeverUpdatedOrDeleted) {
  ASSERT_TRUE(store.write([&]() -> Status {
    TRY(store.ledger().append({"corpus", "added", "ana", "root", Json::object({{"n", 1}})}, testing::kNow));
    return {};
  }));
  for (const std::string_view refused :
       {"UPDATE event SET actor = 'bob'", "DELETE FROM event", "UPDATE payload SET body = '{}'",
        "INSERT OR REPLACE INTO event SELECT seq, stream, version, kind, at, 'bob', operator, payload, previous, hash FROM event",
        "INSERT OR REPLACE INTO event SELECT 99, stream, version, kind, at, 'bob', operator, payload, previous, hash FROM event",
        "INSERT OR REPLACE INTO payload SELECT seq, salt, '{}' FROM payload"}) {
    const Status status = try_out(store, refused);
    ASSERT_FALSE(status) << refused;
    EXPECT_NE(status.error().code, Errc::conflict) << refused;
  }
  // Erasure takes the content only.
  EXPECT_EQ(try_out(store, "DELETE FROM payload").error().code, Errc::conflict);
}

TEST_F(DatabaseTest, TheFirstErrorSticksAndUndoesAll) {
  std::size_t rows_after_failure = 7;
  const Status status = store.write([&]() -> Status {
    store.settings().set("one", "1");
    store.db().run("INSERT INTO match_key (hash, source) VALUES (1, 999)");
    store.settings().set("two", "2");
    Query q = store.db().query("SELECT name FROM setting");
    rows_after_failure = q.next() ? 1 : 0;
    return {};
  });
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.find("FOREIGN KEY"), std::string::npos) << status.error().message;
  EXPECT_EQ(rows_after_failure, 0u);
  EXPECT_EQ(store.settings().text("one"), "");
  EXPECT_EQ(store.settings().text("two"), "");
  EXPECT_TRUE(store.db().take_status());
  EXPECT_TRUE(store.write([&]() -> Status { return store.settings().set("one", "1"), Status{}; }));
  EXPECT_EQ(store.settings().text("one"), "1");
}

TEST_F(DatabaseTest, AnErrorOfTheBodyUndoesAll) {
  EXPECT_EQ(store.write([&]() -> Status { return store.settings().set("one", "1"), Status(fail(Errc::invalid, "no")); })
                .error()
                .message,
            "no");
  EXPECT_EQ(store.settings().text("one"), "");
}

TEST_F(DatabaseTest, TheCauseIsToldRatherThanWhatTheBodyMadeOfIt) {
  const Status status = store.write([&]() -> Status {
    store.db().run("INSERT INTO match_key (hash, source) VALUES (1, 999)");
    return fail(Errc::not_found, "there is no such work");
  });
  EXPECT_NE(status.error().code, Errc::not_found);
}

TEST_F(DatabaseTest, AReadIsOneSnapshot) {
  Result<Store> other = Store::open(folder.path());
  ASSERT_TRUE(other);
  ASSERT_TRUE(store.read([&]() -> Status {
    EXPECT_EQ(store.settings().text("x"), "");
    EXPECT_TRUE(other->write([&]() -> Status { return other->settings().set("x", "new"), Status{}; }));
    EXPECT_EQ(store.settings().text("x"), "");
    return {};
  }));
  EXPECT_EQ(store.settings().text("x"), "new");
}

TEST_F(DatabaseTest, ASecondWriterWaitsForTheFirst) {
  std::thread first([&] {
    Result<Store> other = Store::open(folder.path());
    EXPECT_TRUE(other->write([&]() -> Status {
      other->settings().set("first", "1");
      std::this_thread::sleep_for(400ms);
      return {};
    }));
  });
  std::this_thread::sleep_for(100ms);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(store.write([&]() -> Status {
    EXPECT_EQ(store.settings().text("first"), "1");
    store.settings().set("second", "2");
    return {};
  }));
  EXPECT_GT(std::chrono::steady_clock::now() - start, 100ms);
  first.join();
}

TEST_F(DatabaseTest, PatienceEndsAfterFiveSeconds) {
  testing::Intruder holder(folder.path() / "store.sqlite");
  ASSERT_EQ(holder.run("BEGIN IMMEDIATE"), "");
  const auto start = std::chrono::steady_clock::now();
  const Status status = store.write([&]() -> Status { return {}; });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::busy);
  EXPECT_EQ(exit_status(status.error().code), 75);
  EXPECT_FALSE(status.error().hint.empty());
  EXPECT_GE(std::chrono::steady_clock::now() - start, 4500ms);
  EXPECT_EQ(store.settings().text("x"), "") << "reading goes on";
  ASSERT_EQ(holder.run("ROLLBACK"), "");
  EXPECT_TRUE(store.write([&]() -> Status { return {}; }));
}

TEST_F(DatabaseTest, ManyWritersLoseNothing) {
  constexpr int kWriters = 3, kTimes = 40;
  std::vector<std::thread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      Result<Store> own = Store::open(folder.path());
      ASSERT_TRUE(own);
      for (int n = 0; n < kTimes; ++n) {
        ASSERT_TRUE(own->write([&]() -> Status {
          const std::string before = own->settings().text("count");
          own->settings().set("count", std::to_string((before.empty() ? 0 : std::stoi(before)) + 1));
          return {};
        }));
      }
    });
  }
  for (std::thread& t : writers) t.join();
  EXPECT_EQ(store.settings().text("count"), std::to_string(kWriters * kTimes));
}

// --- schemas ---------------------------------------------------------------------------------------------------------

TEST(Schema, ThereIsOneStoreAFolder) {
  TemporaryFolder folder;
  EXPECT_EQ(Store::open(folder.path()).error().code, Errc::not_found);
  EXPECT_TRUE(Store::create(folder.path()));
  EXPECT_EQ(Store::create(folder.path()).error().code, Errc::conflict);
  EXPECT_EQ(Store::schema_of(folder.path()).value(), newest_schema());
  EXPECT_EQ(Store::upgrade(folder.path()).value(), newest_schema()) << "nothing to do";
}

TEST(Schema, ANewerLibraryIsRefusedUntouched) {
  TemporaryFolder folder;
  {
    const Store store = testing::make_store(folder.path());
  }
  testing::Intruder(folder.path() / "store.sqlite").run("PRAGMA user_version = 99");
  const Result<Store> store = Store::open(folder.path());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::conflict);
  EXPECT_NE(store.error().message.find("newer Colophon (schema 99"), std::string::npos) << store.error().message;
  EXPECT_NE(store.error().hint.find("nothing was changed"), std::string::npos);
  EXPECT_EQ(store.error().where, folder.path().string());
  EXPECT_EQ(Store::schema_of(folder.path()).value(), 99);
  EXPECT_EQ(Store::upgrade(folder.path()).error().code, Errc::conflict);
  EXPECT_EQ(Store::schema_of(folder.path()).value(), 99);
}

// Before the first migration there were libraries of schema 0: ours by their mark, without tables.
TEST(Schema, AnOlderLibraryAsksForUpgrade) {
  TemporaryFolder folder;
  for (const char* name : {"blobs", "tmp", "index"}) fs::create_directory(folder.path() / name);
  {
    Result<Database> db = Database::open(folder.path() / "store.sqlite", Database::Mode::create);
    ASSERT_TRUE(db);
    db->script("PRAGMA application_id = 0x436C7068; CREATE TABLE kept (a INTEGER) STRICT; INSERT INTO kept VALUES (7)");
    ASSERT_TRUE(db->take_status());
  }
  const Result<Store> store = Store::open(folder.path());
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::conflict);
  EXPECT_NE(store.error().hint.find("colophon upgrade"), std::string::npos) << store.error().hint;
  EXPECT_EQ(Store::schema_of(folder.path()).value(), 0) << "opening migrates nothing";
  EXPECT_EQ(Store::upgrade(folder.path()).value(), 0);
  Result<Store> now = Store::open(folder.path());
  ASSERT_TRUE(now) << now.error().message;
  Query q = now->db().query("SELECT a FROM kept");
  ASSERT_TRUE(q.next());
  EXPECT_EQ(q.integer(0), 7);
}

TEST(Schema, AnUpgradeThatFailsChangesNothing) {
  TemporaryFolder folder;
  {
    Result<Database> db = Database::open(folder.path() / "store.sqlite", Database::Mode::create);
    ASSERT_TRUE(db);
    db->script("PRAGMA application_id = 0x436C7068; CREATE TABLE submission (a INTEGER) STRICT");
    ASSERT_TRUE(db->take_status());
  }
  EXPECT_FALSE(Store::upgrade(folder.path()));
  EXPECT_EQ(Store::schema_of(folder.path()).value(), 0);
  Result<Database> db = Database::open(folder.path() / "store.sqlite", Database::Mode::existing);
  Query q = db->query("SELECT count(*) FROM sqlite_schema WHERE type = 'table'");
  ASSERT_TRUE(q.next());
  EXPECT_EQ(q.integer(0), 1);
}

}  // namespace
}  // namespace colophon::store
