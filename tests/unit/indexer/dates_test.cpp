// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/query/dates.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon::indexer::query {
namespace {

std::string shown(const std::optional<Span>& span) { return span ? span->from + " to " + span->to : "none"; }

TEST(Dates, RangesAsPeopleWriteThem) {
  EXPECT_EQ(shown(years("2015–2020")), "2015 to 2020");
  EXPECT_EQ(shown(years("2015-20")), "2015 to 2020");
  EXPECT_EQ(shown(years("2020..2015")), "2015 to 2020");
  EXPECT_EQ(shown(years(">2019")), "2020 to ");
  EXPECT_EQ(shown(years("201*")), "2010 to 2019");
  EXPECT_EQ(shown(years("2020-03")), "2003 to 2020") << "of two years; a month is no year, dates() reads it";
  EXPECT_EQ(shown(dates("2020-03")), "2020-03 to 2020-03");
  EXPECT_EQ(shown(dates("2020-03..2021")), "2020-03 to 2021");
  EXPECT_EQ(shown(dates("2021..2020-03")), "2020-03 to 2021");
  EXPECT_EQ(shown(dates(">2020-12")), "2021-01 to ");
  EXPECT_EQ(shown(dates("<2020-03-01")), " to 2020-02-29");
  EXPECT_EQ(shown(dates("<0-01")), " to 0000-01") << "nothing comes before the year 0";
  for (const char* none : {"2020-13", "2020-02-30", "2019-02-29", "soon", "..", "-", "", "2020-3-1-1", "20200"})
    EXPECT_EQ(shown(dates(none)), "none") << none;
}

TEST(Dates, TimesThatMoveWithTheCalendar) {
  EXPECT_EQ(period("  Last   MONTH "), "last month");
  EXPECT_EQ(period("past 3 year"), "last 3 years");
  for (const char* none : {"month", "last", "last 0 days", "last 1001 days", "next month", "last few days"})
    EXPECT_FALSE(period(none)) << none;
  const Day march{2026, 3, 1};  // a Sunday
  const auto days = [&](const char* name) { return resolved(name, march); };
  EXPECT_EQ(days("last month").from, (Day{2026, 2, 0}));
  EXPECT_EQ(days("yesterday").from, (Day{2026, 2, 28}));
  EXPECT_EQ(days("this week").from, (Day{2026, 2, 23}));
  EXPECT_EQ(days("last week").to, (Day{2026, 2, 22}));
  EXPECT_EQ(days("last 3 months").from, (Day{2025, 12, 1}));
  EXPECT_EQ(days("last 2 years").from, (Day{2024, 3, 1}));
  EXPECT_EQ(days("last 30 days").from, (Day{2026, 1, 30}));
  EXPECT_EQ(resolved("last month", {2026, 1, 15}).from, (Day{2025, 12, 0}));
  EXPECT_EQ(resolved("last 3 months", {2026, 5, 31}).from, (Day{2026, 2, 28})) << "the last day that every month has";
}

TEST(Dates, AMonthOrYearHoldsItsDays) {
  EXPECT_LT(first_within({2020, 3, 0}), first_within({2020, 3, 1}));
  EXPECT_GT(last_within({2020, 3, 0}), last_within({2020, 3, 31}));
  EXPECT_LT(last_within({2020, 0, 0}), first_within({2021, 0, 0}));
}

TEST(Dates, AnyTextIsReadWithoutHarm) {
  EXPECT_TRUE(rc::check("dates of noise", [] {
    const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("0129.-<>=* adlmnost")));
    for (const auto& span : {dates(text), years(text)}) {
      if (span) RC_ASSERT((span->from.empty() || day_of(span->from)) && (span->to.empty() || day_of(span->to)));
    }
    if (const auto moving = period(text)) RC_ASSERT(period(*moving) == *moving);
  }));
}

}  // namespace
}  // namespace colophon::indexer::query
