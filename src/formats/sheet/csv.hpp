// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.hpp"
#include "formats/sheet/table.hpp"

namespace colophon::formats {

/// Reads comma-separated values (RFC 4180) as offices have them. Never fails.
///
/// Separator: comma, semicolon or tab, by content: the one that cuts the first records most evenly; a first line "sep=;" decides.
/// Encoding: byte order mark (UTF-8, UTF-16), else UTF-8, else Windows-1252 (csv.encoding).
/// Quotes: a cell that begins with a quote goes on to the closing one, over separators and lines; two quotes are one. Text behind
/// a closing quote is kept (csv.after-quote). A quote that is never closed is an ordinary character, and so are those after it
/// (csv.open-quote). Line ends: CR, LF or both. Rows are counted as a spreadsheet counts them: records, not lines.
///
/// Diagnostics have line and column. Time is linear in the bytes; at most kMaxCsvColumns cells a row are kept (csv.too-wide).
struct Csv {
  Table table;
  char separator = ',';
};
Parsed<Csv> read_csv(std::string_view bytes);

inline constexpr std::size_t kMaxCsvColumns = 1024;

/// One record with its line end (CRLF): cells are quoted where they must be.
std::string write_csv_row(std::span<const std::string> cells, char separator = ',');

/// A text as it may stand in a cell that a spreadsheet opens. What a spreadsheet would run as a formula (texts that begin with
/// = + - @ tab or CR, also in full-width form) or rewrite (2019-03, 1/2 or 5 May as a day, 00123, 1.10 or 12e34 as a number) gets an
/// apostrophe in front (OWASP, "CSV Injection"). unguard(guard(x)) = x for every text; other texts are left alone by both.
std::string guard(std::string_view text);
std::string unguard(std::string_view text);

}  // namespace colophon::formats
