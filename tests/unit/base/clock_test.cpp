// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace colophon {
namespace {

Instant at(std::string_view text) {
  const Result<Instant> instant = parse_instant(text);
  EXPECT_TRUE(instant) << text;
  return instant.value_or(Instant{});
}

std::string day_end(std::string_view from, std::int64_t days, std::string_view zone) {
  return to_string(*end_of_day(at(from), days, zone));
}

TEST(Instant, WritesRfc3339) {
  EXPECT_EQ(to_string(Instant{0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_string(Instant{-1}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_string(at("2026-11-21T09:30:00Z")), "2026-11-21T09:30:00.000Z");
}

TEST(Instant, ReadsDatesAndTimes) {
  EXPECT_EQ(at("1970-01-02").ms, 86'400'000);
  EXPECT_EQ(at("2000-02-29T23:59:59.123Z").ms, 951'868'799'123);
  EXPECT_LT(at("2026-11-21"), at("2026-11-21T00:00:00.001Z"));
}

TEST(Instant, RefusesEverythingElse) {
  for (const char* text : {"",
                           "2026",
                           "2026-11",
                           "2026-11-21T",
                           "2026-11-21T09:30Z",
                           "2026-11-21T09:30:00",
                           "2026-11-21 09:30:00Z",
                           "2026/11/21",
                           "2026-13-01",
                           "2026-02-30",
                           "2025-02-29",
                           "2026-11-21T24:00:00Z",
                           "2026-11-21T09:60:00Z",
                           "2026-11-21T09:30:61Z",
                           "2026-11-21T09:30:00.1Z",
                           "2026-11-21T09:30:00.abcZ",
                           "2026-11-21T09:30:00,123Z",
                           "2026-11-21T09-30-00Z",
                           "2026x11y21",
                           "-026-11-21",
                           "2026-11-21T-1:30:00Z",
                           "2026-11-21T09:30:00+01:00",
                           " 2026-11-21",
                           "2026-11-2a"}) {
    const Result<Instant> instant = parse_instant(text);
    ASSERT_FALSE(instant) << text;
    EXPECT_EQ(instant.error().code, Errc::invalid);
    EXPECT_FALSE(instant.error().hint.empty());
  }
}

RC_GTEST_PROP(Instant, WhatIsWrittenReadsBack, ()) {
  const Instant instant{*rc::gen::inRange<std::int64_t>(-62'167'219'200'000, 253'402'300'800'000)};  // years 0 to 9999
  const Result<Instant> back = parse_instant(to_string(instant));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == instant);
}

TEST(Zone, KnowsIanaNames) {
  EXPECT_TRUE(is_time_zone("Europe/Berlin"));
  EXPECT_TRUE(is_time_zone("Etc/GMT+12"));
  EXPECT_FALSE(is_time_zone("Berlin"));
  EXPECT_FALSE(is_time_zone(""));
  EXPECT_FALSE(is_time_zone("../../etc/passwd"));
}

TEST(Zone, DatesAreLocal) {
  EXPECT_EQ(date_in_zone(at("2026-12-31T23:30:00Z"), "Europe/Berlin"), "2027-01-01");
  EXPECT_EQ(date_in_zone(at("2026-12-31T23:30:00Z"), "America/Bogota"), "2026-12-31");
  EXPECT_EQ(date_in_zone(at("2026-12-31T23:30:00Z"), "nowhere"), "2026-12-31");
}

TEST(EndOfDay, IsTheLastMillisecondOfTheLocalDay) {
  EXPECT_EQ(day_end("2026-11-21T09:30:00Z", 0, "Europe/Berlin"), "2026-11-21T22:59:59.999Z");
  EXPECT_EQ(day_end("2026-07-01T09:30:00Z", 0, "Europe/Berlin"), "2026-07-01T21:59:59.999Z");
  EXPECT_EQ(day_end("2026-07-01T22:30:00Z", 0, "Europe/Berlin"), "2026-07-02T21:59:59.999Z");
  EXPECT_EQ(day_end("2026-11-21T09:30:00Z", 0, "Etc/GMT+12"), "2026-11-21T11:59:59.999Z");
}

TEST(EndOfDay, CountsDaysNotHoursAcrossClockChanges) {
  // clocks go forward on 2026-03-29 and back on 2026-10-25 in Berlin
  EXPECT_EQ(day_end("2026-03-15T12:00:00Z", 21, "Europe/Berlin"), "2026-04-05T21:59:59.999Z");
  EXPECT_EQ(day_end("2026-10-11T12:00:00Z", 21, "Europe/Berlin"), "2026-11-01T22:59:59.999Z");
  // the short and the long day themselves
  EXPECT_EQ(day_end("2026-03-28T12:00:00Z", 1, "Europe/Berlin"), "2026-03-29T21:59:59.999Z");
  EXPECT_EQ(day_end("2026-10-24T12:00:00Z", 1, "Europe/Berlin"), "2026-10-25T22:59:59.999Z");
  EXPECT_EQ(end_of_day(at("2026-10-24T12:00:00Z"), 1, "Europe/Berlin")->ms -
                end_of_day(at("2026-10-24T12:00:00Z"), 0, "Europe/Berlin")->ms,
            25 * 3'600'000);
}

TEST(EndOfDay, WhereMidnightDoesNotExistOrComesTwice) {
  // Brazil skipped 00:00 to 01:00 on 2018-11-04; Cuba has 00:00 twice on 2026-11-01
  EXPECT_EQ(day_end("2018-11-03T12:00:00Z", 0, "America/Sao_Paulo"), "2018-11-04T02:59:59.999Z");
  EXPECT_EQ(day_end("2026-10-31T12:00:00Z", 0, "America/Havana"), "2026-11-01T03:59:59.999Z");
}

TEST(EndOfDay, RefusesUnknownZones) {
  const auto end = end_of_day(Instant{0}, 1, "Middle/Earth");
  ASSERT_FALSE(end);
  EXPECT_NE(end.error().message.find("Middle/Earth"), std::string::npos);
}

TEST(Clock, ManualClockMovesWhenTold) {
  ManualClock clock(at("2026-11-21"));
  clock.advance_ms(1500);
  EXPECT_EQ(to_string(clock.now()), "2026-11-21T00:00:01.500Z");
  clock.set(Instant{7});
  EXPECT_EQ(clock.now(), Instant{7});
  EXPECT_EQ(Instant{0}.plus_days(2), at("1970-01-03"));
  EXPECT_GT(SystemClock().now(), at("2024-01-01"));
}

TEST(Clock, YearOf) {
  EXPECT_EQ(year_of(at("2026-12-31T23:59:59Z")), 2026);
  EXPECT_EQ(year_of(Instant{-1}), 1969);
}

}  // namespace
}  // namespace colophon
