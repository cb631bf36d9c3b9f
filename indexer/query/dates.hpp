// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace colophon::indexer::query {

/// Dates as people write them in queries. All pure, total, thread-safe.

/// A calendar day, or a month (day 0), or a year (month 0); proleptic Gregorian.
struct Day {
  int year = 0, month = 0, day = 0;
  friend auto operator<=>(const Day&, const Day&) = default;
};
/// "2020", "2020-03", "2020-03-15"; nothing for days that are not in the calendar.
std::optional<Day> day_of(std::string_view text);

/// Both ends as written and inclusive; an open end is empty.
struct Span {
  std::string from, to;
  friend bool operator==(const Span&, const Span&) = default;
};
/// Years: 2019 | 2015..2020 | 2015-2020 | 2019.. | ..2010 | >=2019 | <2010 | >2019 | <=2010 | 201*
std::optional<Span> years(std::string_view text);
/// The same with dates; "2015-2020" is a span of years, "2020-03" a month.
std::optional<Span> dates(std::string_view text);

/// A span of time that moves with the calendar, in its one spelling: today, yesterday, this|last week|month|year, last 30 days|weeks|months|years.
/// "Last  Month" gives "last month", "past 2 years" "last 2 years".
std::optional<std::string> period(std::string_view text);
/// The days that it stands for; weeks begin on Monday. REQUIRES: a text that period() gave; a full day.
struct Days {
  Day from, to;
};
Days resolved(std::string_view period, Day today);

/// yyyymmdd with zeros for what is not known, as Slot::date keeps it: the first and the last that lie within.
double first_within(const Day& day);
double last_within(const Day& day);

}  // namespace colophon::indexer::query
