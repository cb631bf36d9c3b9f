// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace colophon::formats {

/// What a spreadsheet says a cell is. CSV knows texts only. A date's text is EDTF, as precise as its number format shows it
/// ("2019", "2019-03", "2019-03-07"); a number's is the shortest that reads back; `error` is a formula that failed ("#REF!").
enum class CellKind : std::uint8_t { text, number, date, boolean, error };

struct Cell {
  std::string text;  ///< UTF-8; lines in a cell are parted by "\n"
  CellKind kind = CellKind::text;
  friend bool operator==(const Cell&, const Cell&) = default;
};

struct SheetRow {
  std::uint32_t number = 0;  ///< as the spreadsheet numbers it, from 1; rows without cells are left out
  std::vector<Cell> cells;   ///< from column A; empty cells at the end are left out
  friend bool operator==(const SheetRow&, const SheetRow&) = default;
};

/// One sheet of a spreadsheet, nothing but its cells: what they mean is read in sheet/rows.hpp.
struct Table {
  std::string sheet;  ///< its name; empty for CSV
  std::vector<SheetRow> rows;
  friend bool operator==(const Table&, const Table&) = default;
};

/// "A", "Z", "AA": how a spreadsheet names the column at `index` from 0.
std::string column_name(std::size_t index);

/// {"sheet", "rows": [[number, cell, …], …]}, a cell being a string, or [kind, text] when it is no text.
Json to_json(const Table& table);
/// Errc::invalid for anything malformed: the worker that sends it is not trusted.
Result<Table> table_from_json(const Json& json);

}  // namespace colophon::formats
