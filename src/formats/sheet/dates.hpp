// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string_view>

#include "bib/date.hpp"
#include "formats/sheet/table.hpp"

namespace colophon::formats {

/// From which day a spreadsheet counts: Excel for Windows from 1900-01-01, which is 1 (with a 29 February 1900 that never was), old
/// ones for the Mac from 1904-01-01, which is 0 (ECMA-376 part 1, 18.17.4.1).
enum class Epoch : std::uint8_t { y1900, y1904 };
/// The day of a serial number, its time of day dropped; nothing outside 1900-01-01 to 9999-12-31, and for that 29 February.
std::optional<bib::PartialDate> date_of_serial(double serial, Epoch epoch);

/// The month that a folded word of at least three letters names or begins in those five languages, 1 to 12; 0 for none, or several.
int month_in_words(std::string_view word);

/// A date as people write it in a cell, in English, German, Spanish, Portuguese and French:
/// EDTF, "2019", "07.03.2019", "7/2019", "March 7, 2019", "7. März 2019", "marzo de 2019", "Mar-19", "2018–2020", "ca. 1850",
/// "2019-03-07 00:00", a serial number (`kind` number, or five digits), "in press", "o. J." and the like as a literal.
struct CellDate {
  bib::Date date;
  bool doubtful = false;  ///< nobody can tell: "03/07/2019", or no date at all (then a literal)
  std::string_view why;   ///< for the message, when doubtful
};
CellDate parse_cell_date(const Cell& cell);

}  // namespace colophon::formats
