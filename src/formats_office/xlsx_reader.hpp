// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

#include "formats/draft.hpp"

namespace colophon::formats_office {

/// Reads the sheets of an Excel workbook (ECMA-376 part 1, SpreadsheetML, transitional and strict) into Extraction::tables, in
/// the workbook's order, hidden sheets and sheets without cells left out. Drafts are made of them where the columns are known
/// (formats/sheet/rows.hpp), outside of the worker.
///
/// Cells: shared strings (rich runs joined, phonetic runs left out), inline strings, numbers, booleans, ISO dates, errors, a formula's
/// last value. A number whose format shows a date is a date of that precision, by the workbook's epoch (1900 with Excel's
/// 29 February, or 1904). A value merged over several rows stands in each of them, in the first column of the merge.
///
/// Outcomes: ok; damaged; encrypted (with a password); unsupported (a ZIP or Office file of another kind); too_large (limits of
/// package.hpp, and kMaxCells). XML is read by formats_xml: no DTD, no network, own limits. Thread-safe.
formats::Extraction read_xlsx(std::string_view bytes);

inline constexpr std::size_t kMaxCells = 2'000'000;  ///< that say something, in all sheets
inline constexpr std::size_t kMaxColumns = 1024;     ///< cells further right are left out, with a remark

/// Once a process, before it is locked down. Idempotent.
void init_office();

}  // namespace colophon::formats_office
