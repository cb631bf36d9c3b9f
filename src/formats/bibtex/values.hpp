// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bib/date.hpp"

namespace colophon::formats::bibtex {

/// Small values of BibTeX fields, decoded from TeX already. All functions are pure and linear.

/// "12-24", "12--24", "12 – 24" become "12–24"; more dashes in a row are one; blanks about them go.
std::string normal_range(std::string_view text);
/// What people write for a date: EDTF, "2010", "2010--2011", "2010/11", "c. 2010", "[2010]", "2010a"; else a literal ("in press").
/// Literals of more than 200 bytes are refused.
std::optional<bib::Date> loose_date(std::string_view text);
/// "March", "3", "12 March", "March 12", "mar/apr": sets month, day and the end of a range of months in `date`. False if unread.
bool add_month(std::string_view text, bib::Date& date);
/// Cut at any of the separators outside braces, trimmed, without empty parts.
std::vector<std::string_view> cut(std::string_view text, std::string_view separators);

}  // namespace colophon::formats::bibtex
