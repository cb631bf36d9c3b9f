// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/digest.hpp"

#include "base/log.hpp"
#include "base/strong.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon {
namespace {

TEST(Sha256, KnownAnswers) {  // FIPS 180-4
  EXPECT_EQ(sha256("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hmac, KnownAnswer) {  // RFC 4231, case 2
  EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?").hex(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Sha256, ParsesItsOwnText) {
  const Sha256 digest = sha256("abc");
  EXPECT_EQ(Sha256::parse(digest.hex()), digest);
  EXPECT_EQ(Sha256::from_bytes(digest.view()), digest);
  for (const std::string& bad : {std::string(), std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'g')})
    EXPECT_FALSE(Sha256::parse(bad));
}

RC_GTEST_PROP(Sha256, PiecesGiveTheSameDigest, (const std::vector<std::string>& pieces)) {
  Hasher hasher;
  std::string all;
  for (const std::string& piece : pieces) {
    hasher.update(piece);
    all += piece;
  }
  RC_ASSERT(hasher.finish() == sha256(all));
}

TEST(Random, IsNotTwiceTheSame) {
  EXPECT_EQ(random_bytes(300).size(), 300u);
  EXPECT_NE(random_bytes(16), random_bytes(16));
  EXPECT_EQ(random_bytes(0), "");
}

TEST(Fnv1a, KnownAnswers) {
  static_assert(fnv1a("") == 0xcbf29ce484222325ull);
  static_assert(fnv1a("a") == 0xaf63dc4c8601ec8cull);
  EXPECT_EQ(to_hex("\x01\xfe"), "01fe");
}

TEST(Log, EscapesValuesAndIsQuietUnlessTold) {
  testing::internal::CaptureStderr();
  log(LogLevel::info, "hidden");
  set_log_level(LogLevel::info);
  log(LogLevel::info, "added", {{"count", "3"}, {"path", "a b\n\"c\""}, {"empty", ""}});
  log(LogLevel::debug, "hidden");
  set_log_level(LogLevel::quiet);
  const std::string line = testing::internal::GetCapturedStderr();
  EXPECT_TRUE(line.starts_with("at=20")) << line;
  EXPECT_TRUE(line.ends_with(" event=added count=3 path=\"a b\\n\\\"c\\\"\" empty=\"\"\n")) << line;
}

TEST(Strong, MixesOnlyWithItsOwnKind) {
  using WorkRow = Strong<struct WorkTag, std::int64_t>;
  using FileRow = Strong<struct FileTag, std::int64_t>;
  static_assert(!std::is_convertible_v<std::int64_t, WorkRow>);
  static_assert(!std::is_constructible_v<WorkRow, FileRow>);
  EXPECT_LT(WorkRow(1), WorkRow(2));
  EXPECT_EQ(std::hash<WorkRow>()(WorkRow(7)), std::hash<std::int64_t>()(7));
}

}  // namespace
}  // namespace colophon
