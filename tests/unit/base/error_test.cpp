// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace colophon {
namespace {

struct Row {
  Errc code;
  const char* name;
  int exit;
  int http;
};

// The contract with scripts and clients, written a second time on purpose.
constexpr Row kContract[] = {
    {Errc::usage, "usage", 2, 400},         {Errc::not_found, "not_found", 3, 404},
    {Errc::forbidden, "forbidden", 4, 403}, {Errc::conflict, "conflict", 5, 409},
    {Errc::invalid, "invalid", 6, 422},     {Errc::partial, "partial", 7, 207},
    {Errc::internal, "internal", 70, 500},  {Errc::io, "io", 74, 507},
    {Errc::busy, "busy", 75, 503},          {Errc::interrupted, "interrupted", 130, 500},
};

TEST(Error, CodesKeepTheirStatuses) {
  std::set<int> exits;
  for (const Row& row : kContract) {
    EXPECT_EQ(name(row.code), row.name);
    EXPECT_EQ(exit_status(row.code), row.exit);
    EXPECT_EQ(http_status(row.code), row.http);
    exits.insert(row.exit);
  }
  EXPECT_EQ(exits.size(), std::size(kContract));
  EXPECT_FALSE(exits.contains(0));
  EXPECT_FALSE(exits.contains(1));  // a result, not an error
}

Result<int> half(int number) {
  if (number % 2 != 0) return fail(Errc::invalid, "odd", "take an even number", "here");
  return number / 2;
}

Result<int> quarter(int number) {
  TRY_ASSIGN(const int once, half(number));
  TRY_ASSIGN(const int twice, half(once));
  return twice;
}

Status check(int number) {
  TRY(half(number));
  return {};
}

TEST(Error, TryPassesValuesAndErrors) {
  EXPECT_EQ(quarter(12), 3);
  EXPECT_EQ(quarter(6).error(), (Error{Errc::invalid, "odd", "take an even number", "here"}));
  EXPECT_TRUE(check(2));
  EXPECT_EQ(check(1).error().code, Errc::invalid);
}

TEST(ErrorDeathTest, BrokenPromisesStopTheProgram) {
  EXPECT_DEATH(COLOPHON_ASSERT(1 + 1 == 3), "1 \\+ 1 == 3 does not hold .*error_test.cpp");
}

}  // namespace
}  // namespace colophon
