// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bib/date.hpp"

namespace colophon::formats::bibtex {

/// Small values of BibTeX fields, decoded from TeX already. All functions are pure and linear.

/// Only ASCII letters, digits, hyphens, commas, dots, colons and blanks: TeX says nothing in it that normal_range() would not see.
bool is_plain_range(std::string_view text);

/// "12-24", "12--24", "12 – 24" become "12–24"; more dashes in a row are one; blanks about them go.
std::string normal_range(std::string_view text);
/// What people write for a date, else a literal ("in press"). Literals of more than 200 bytes are refused.
///
///   EDTF          "2010", "2010-03-07", "2010/2012", "2010~"; also without zeros ("2010-3-7", "-876"), with a time (dropped), with
///                 digits left open ("199X" and "199?" are 1990 to 1999, "1999-XX" is 1999), "2010/open", "2010–present"
///   in words      "September 2015", "1 September 2015", "Sep. 1, 2015", "Spring 2015", "30 BC"; languages as in month_of()
///   in numbers    "15.1.2015", "15-1-2015", "2015.1.15", "9/2015"; "25/3/2015" and "3/25/2015", but not "3/4/2015"
///   two of these  parted by "/", "--" or "–"; "2010/11", "2010–11"
///   with remarks  "c. 2010", "[2010]", "2010?", "2010a"
std::optional<bib::Date> loose_date(std::string_view text);
/// "March", "3", "12 March", "March 12–14", "mar/apr", "30 June – 2 July", "Spring": sets month, day and the end of a range in a
/// `date` whose year is known. False if unread; `date` is as it was then.
bool add_month(std::string_view text, bib::Date& date);
/// The length of the dash at `at`: hyphen, U+2010 to U+2015 or the minus U+2212; 0 when there is none.
std::size_t dash_length(std::string_view text, std::size_t at);
/// Cut at any of the separators outside braces, trimmed, without empty parts.
std::vector<std::string_view> cut(std::string_view text, std::string_view separators);

}  // namespace colophon::formats::bibtex
