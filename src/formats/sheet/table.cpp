// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/sheet/table.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace colophon::formats {
namespace {

constexpr std::int64_t kLastKind = static_cast<std::int64_t>(CellKind::error);

Json cell_to_json(const Cell& cell) {
  if (cell.kind == CellKind::text) return cell.text;
  return Json::array().push(static_cast<int>(cell.kind)).push(cell.text);
}

Result<Cell> cell_from_json(const Json& json) {
  if (json.is_string()) return Cell{json.as_string(), CellKind::text};
  const Json::Array& parts = json.items();
  if (parts.size() != 2 || !parts[1].is_string()) return fail(Errc::invalid, "a cell must be a text, or a kind and a text");
  const std::int64_t kind = parts[0].as_int(-1);
  if (kind < 0 || kind > kLastKind) return fail(Errc::invalid, "a cell has an unknown kind");
  return Cell{parts[1].as_string(), static_cast<CellKind>(kind)};
}

}  // namespace

std::string column_name(std::size_t index) {
  std::string out;
  for (std::size_t n = index + 1; n > 0; n = (n - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (n - 1) % 26));
  return out;
}

Json to_json(const Table& table) {
  Json rows = Json::array();
  for (const SheetRow& row : table.rows) {
    Json one = Json::array().push(row.number);
    for (const Cell& cell : row.cells) one.push(cell_to_json(cell));
    rows.push(std::move(one));
  }
  return Json::object({{"sheet", table.sheet}, {"rows", std::move(rows)}});
}

Result<Table> table_from_json(const Json& json) {
  if (!json["rows"].is_array()) return fail(Errc::invalid, "a table needs “rows”");
  Table out{json["sheet"].as_string(), {}};
  for (const Json& one : json["rows"].items()) {
    const Json::Array& parts = one.items();
    if (parts.empty() || !parts[0].is_int()) return fail(Errc::invalid, "a row must begin with its number");
    SheetRow row{static_cast<std::uint32_t>(std::clamp<std::int64_t>(parts[0].as_int(), 1, UINT32_MAX)), {}};
    for (std::size_t i = 1; i < parts.size(); ++i) {
      TRY_ASSIGN(Cell cell, cell_from_json(parts[i]));
      row.cells.push_back(std::move(cell));
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace colophon::formats
