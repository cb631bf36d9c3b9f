// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string_view>

#include "bib/date.hpp"

namespace colophon::formats {

/// What reference managers write for a date: "2005/07/15", "2001///", "1998//25/spring" (RIS), "1993 Oct 8", "2001 Mar-Apr"
/// (MEDLINE), "20211227", "7 March 2019", "March 7, 2019", a date with a time of day, EDTF, and what bibtex::loose_date() reads, by
/// months and seasons in English, German, Spanish, Portuguese and French. Else a literal ("in press"). Nothing for an empty text or one
/// of more than 200 bytes. Month 00 and day 00 are unknown. Linear.
std::optional<bib::Date> read_date(std::string_view text);
/// A month, a day and a month, or a season added to a date that has none: "Oct 8", "Sommer". False, and nothing changed, when unread.
bool add_to_year(std::string_view text, bib::Date& date);
/// "2005/07/15/", "2001///", "1998///spring"; a range, an uncertain date or words as in EDTF.
std::string ris_date(const bib::Date& date);

}  // namespace colophon::formats
