// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit/store/support.hpp"

#include <gtest/gtest.h>

namespace colophon::store {
namespace {

class LedgerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int i = 1; i <= 6; ++i) {
      ASSERT_TRUE(store.write([&]() -> Status {
        TRY(store.ledger().append(
            {i % 2 ? "corpus" : "ART-1", "step" + std::to_string(i), "ana", "root", Json::object({{"n", i}})},
            Instant{testing::kNow.ms + i}));
        return {};
      }));
    }
  }

  std::vector<std::string> findings() {
    Result<Store> opened = Store::open(folder.path());
    EXPECT_TRUE(opened);
    return opened->ledger().verify();
  }

  // Changes history as somebody would who knows SQL.
  void tamper(const std::string& sql) {
    testing::Intruder intruder(folder.path() / "store.sqlite");
    ASSERT_EQ(intruder.run("PRAGMA foreign_keys = OFF; DROP TRIGGER event_is_never_updated; DROP TRIGGER event_is_never_deleted; "
                           "DROP TRIGGER payload_is_never_updated"),
              "");
    ASSERT_EQ(intruder.run(sql), "") << sql;
  }

  TemporaryFolder folder;
  Store store = testing::make_store(folder.path());
};

TEST_F(LedgerTest, AppendsInOrder) {
  Ledger ledger = store.ledger();
  EXPECT_EQ(ledger.version_of("corpus"), 3);
  EXPECT_EQ(ledger.version_of("ART-1"), 3);
  EXPECT_EQ(ledger.version_of("nothing"), 0);
  EXPECT_EQ(ledger.head().seq, 6);
  const std::vector<LedgerEvent> stream = ledger.stream("ART-1");
  ASSERT_EQ(stream.size(), 3u);
  EXPECT_EQ(stream[1].kind, "step4");
  EXPECT_EQ(stream[1].version, 2);
  EXPECT_EQ(stream[1].actor, "ana");
  EXPECT_EQ(stream[1].operator_name, "root");
  EXPECT_EQ(stream[1].payload["n"].as_int(), 4);
  EXPECT_EQ(stream[1].at, (Instant{testing::kNow.ms + 4}));
  const std::vector<LedgerEvent> latest = ledger.latest(2);
  ASSERT_EQ(latest.size(), 2u);
  EXPECT_EQ(latest[0].kind, "step6");
  EXPECT_TRUE(ledger.verify().empty());
}

TEST_F(LedgerTest, WhoCameLaterMustLookAgain) {
  const auto append = [&](std::int64_t expected) {
    return store.write(
        [&] { return store.ledger().append({"ART-1", "decided", "ana", "root", Json::object()}, testing::kNow, expected); });
  };
  const Result<LedgerEvent> late = append(2);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::conflict);
  EXPECT_NE(late.error().message.find("ART-1"), std::string::npos);
  EXPECT_FALSE(append(4));
  EXPECT_EQ(store.ledger().version_of("ART-1"), 3);
  const Result<LedgerEvent> right = append(3);
  ASSERT_TRUE(right);
  EXPECT_EQ(right->version, 4);
  EXPECT_TRUE(findings().empty());
}

TEST_F(LedgerTest, AnyChangeOfHistoryIsNamed) {
  struct Case {
    std::string sql;
    std::string event;
  };
  for (const Case& one :
       {Case{"UPDATE event SET actor = 'eve' WHERE seq = 3", "event 3"},
        Case{"UPDATE event SET at = at + 1 WHERE seq = 4", "event 4"},
        Case{"UPDATE event SET kind = 'other' WHERE seq = 1", "event 1"},
        Case{"UPDATE event SET operator = '' WHERE seq = 6", "event 6"},
        Case{"UPDATE event SET stream = 'ART-2' WHERE seq = 2", "event 2"},
        Case{"UPDATE payload SET body = '{\"n\":9}' WHERE seq = 5", "event 5"},
        Case{"UPDATE payload SET salt = zeroblob(16) WHERE seq = 2", "event 2"},
        Case{"UPDATE event SET hash = zeroblob(32) WHERE seq = 4", "event 4"},
        Case{"UPDATE event SET previous = zeroblob(32) WHERE seq = 4", "event 4"},
        Case{"DELETE FROM event WHERE seq = 3", "event 4"}, Case{"DELETE FROM event WHERE seq = 1", "event 2"},
        Case{"UPDATE event SET payload = (SELECT payload FROM event WHERE seq = 2) WHERE seq = 4", "event 4"}}) {
    SCOPED_TRACE(one.sql);
    TemporaryFolder copy;
    std::filesystem::copy(folder.path(), copy.path() / "library", std::filesystem::copy_options::recursive);
    {
      testing::Intruder intruder(copy.path() / "library" / "store.sqlite");
      ASSERT_EQ(intruder.run("PRAGMA foreign_keys = OFF; DROP TRIGGER event_is_never_updated; DROP TRIGGER "
                             "event_is_never_deleted; DROP TRIGGER payload_is_never_updated"),
                "");
      ASSERT_EQ(intruder.run(one.sql), "");
    }
    Result<Store> opened = Store::open(copy.path() / "library");
    ASSERT_TRUE(opened);
    const std::vector<std::string> found = opened->ledger().verify();
    ASSERT_FALSE(found.empty());
    EXPECT_NE(found[0].find(one.event), std::string::npos) << found[0];
  }
}

TEST_F(LedgerTest, TwoEventsThatChangedPlacesAreNamed) {
  tamper(
      "UPDATE event SET seq = 100 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 4; UPDATE event SET seq = 4 WHERE seq = "
      "100");
  EXPECT_FALSE(findings().empty());
}

TEST_F(LedgerTest, AnErasedPayloadLeavesTheChainWhole) {
  ASSERT_TRUE(store.write([&]() -> Status { return store.db().run("DELETE FROM payload WHERE seq = 3"), Status{}; }));
  EXPECT_TRUE(findings().empty());
  const std::vector<LedgerEvent> stream = store.ledger().stream("corpus");
  EXPECT_TRUE(stream[1].payload.is_null());
  EXPECT_EQ(stream[1].kind, "step3");
}

TEST_F(LedgerTest, EqualPayloadsHaveDifferentDigests) {
  ASSERT_TRUE(store.write([&]() -> Status {
    TRY(store.ledger().append({"x", "same", "", "", Json::object()}, testing::kNow));
    TRY(store.ledger().append({"y", "same", "", "", Json::object()}, testing::kNow));
    return {};
  }));
  Query q = store.db().query("SELECT count(DISTINCT payload) FROM event WHERE kind = 'same'");
  ASSERT_TRUE(q.next());
  EXPECT_EQ(q.integer(0), 2);
}

TEST_F(LedgerTest, ANoticeIsKeptOnce) {
  ASSERT_TRUE(store.write([&]() -> Status {
    for (int i = 0; i < 3; ++i) store.outbox().put({0, 2, "ana", "invited", Json::object({{"i", i}})});
    store.outbox().put({0, 2, "bob", "invited", Json::object()});
    return {};
  }));
  EXPECT_EQ(store.outbox().of("ana").size(), 1u);
  EXPECT_EQ(store.outbox().unsent(), 2);
}

}  // namespace
}  // namespace colophon::store
