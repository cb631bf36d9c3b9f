// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace colophon::bib {

/// A calendar date as precise as its source: a year alone, year and month or season, or a whole date (EDTF, ISO 8601-2 level 1).
struct PartialDate {
  int year = 0;              ///< astronomical: 0 is 1 BC
  int month = 0;             ///< 1 to 12, 21 to 24 for spring to winter, 0 when unknown
  int day = 0;               ///< 1 to 31, 0 when unknown
  bool approximate = false;  ///< EDTF ~
  bool uncertain = false;    ///< EDTF ?

  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

/// A date or a range of dates, or the text that nobody could read as one.
struct Date {
  PartialDate from;
  std::optional<PartialDate> to;  ///< the end of a range
  bool open_end = false;          ///< "2015/.."
  std::string literal;            ///< set only when from is unknown: "in press", "n.d."

  bool known() const { return literal.empty(); }
  friend bool operator==(const Date&, const Date&) = default;
};

/// Whether the calendar (proleptic Gregorian) has that day: false where one is not known.
bool is_day(const PartialDate& date);
Date year_date(int year);
/// Reads EDTF level 1 as far as above: "2019", "2019-03", "2019-21", "2019-03-07", "1850~", "2019?", "2019/2021", "2019/..".
/// Errc::invalid otherwise; days are checked against their month.
Result<Date> parse_edtf(std::string_view text);
/// The EDTF text; a literal is written as it is.
std::string to_edtf(const Date& date);
/// For people: "2019", "March 2019", "7 March 2019", "2019–2021".
std::string to_display(const Date& date);

}  // namespace colophon::bib
