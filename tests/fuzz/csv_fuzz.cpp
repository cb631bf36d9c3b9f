// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats
// Any bytes as a spreadsheet: the table travels as JSON, columns and rows are read, what is written comes back, guards are undone,
// and the time stays linear.
#include "formats/sheet/csv.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "formats/sheet/rows.hpp"
#include "formats/sheet/stamp.hpp"

namespace {

using namespace colophon;

void check_cells(const formats::SheetRow& row) {
  std::vector<std::string> texts;
  for (const formats::Cell& cell : row.cells) {
    COLOPHON_ASSERT(formats::unguard(formats::guard(cell.text)) == cell.text);
    texts.push_back(cell.text);
  }
  const formats::Table again = formats::read_csv("sep=,\n" + formats::write_csv_row(texts)).value.table;
  COLOPHON_ASSERT(again.rows.size() == 1 && again.rows[0].cells == row.cells);
}

void check_rows(const formats::Table& table, const formats::Columns& columns) {
  for (std::size_t i = columns.first_row; i < table.rows.size(); ++i) {
    const std::optional<formats::RowDraft> draft = formats::read_row(columns, table.rows[i]);
    if (!draft) continue;
    COLOPHON_ASSERT(bib::work_from_json(to_json(draft->work)) == draft->work);
    (void)draft->key(columns);
    (void)draft->local_id();
    for (const formats::Column& column : columns.columns) {
      const std::string text = formats::cell_text(draft->work, column.target);
      (void)formats::Stamp(draft->id, draft->stamp).said(column.target, text);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto start = std::chrono::steady_clock::now();
  const Parsed<formats::Csv> read = formats::read_csv({reinterpret_cast<const char*>(data), size});
  const formats::Table& table = read.value.table;
  COLOPHON_ASSERT(formats::table_from_json(to_json(table)) == table);
  for (const formats::SheetRow& row : table.rows) check_cells(row);
  const formats::ColumnMap everything = {{"b", "author"}, {"c", "issued"},   {"d", "keyword"}, {"e", "isbn"},    {"f", "type"},
                                         {"g", "url"},    {"h", "abstract"}, {"i", "funding"}, {"j", "related"}, {"k", "-"}};
  if (const Result<formats::Columns> columns = formats::find_columns(table, everything, {})) check_rows(table, *columns);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  COLOPHON_ASSERT(seconds < 2.0 + static_cast<double>(size) * 100e-6);
  return 0;
}
