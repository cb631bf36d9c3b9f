// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/add_files.hpp"
#include "base/diagnostic.hpp"
#include "formats/sheet/rows.hpp"

namespace colophon::app {

/// What becomes of a row.
enum class RowStatus : std::uint8_t {
  fresh,      ///< a new work
  changed,    ///< an edit of a work, or one more source of it
  unchanged,  ///< everything was known
  doubtful    ///< a person should look at it; it is left out
};
std::string_view name(RowStatus status);  ///< "new", "changed", "unchanged", "doubtful"

/// A cell that differs: what the record says (nothing, for a new work) and what it will say.
struct CellChange {
  std::string column;  ///< "C"
  std::string header;
  std::string field;
  std::string before, after;
};

/// Why a row, or one of its cells, is left out.
struct SheetDoubt {
  std::string column, header;  ///< empty: the whole row
  std::string code;  ///< of formats::CellDoubt, or "no-title", "duplicate", "ambiguous", "unknown-id", "shuffled", "conflict"
  std::string message;
};

struct RowReport {
  std::uint32_t number = 0;
  RowStatus status = RowStatus::unchanged;
  std::string id;  ///< the work's, when there is one
  std::string title;
  std::vector<CellChange> cells;
  std::vector<SheetDoubt> doubts;
};

struct ImportRequest {
  std::filesystem::path sheet;
  std::string sheet_name;          ///< empty: the first with a known column
  formats::ColumnMap columns;      ///< given for this time
  std::filesystem::path map;       ///< a saved map to use, or empty
  std::filesystem::path save_map;  ///< where to save the map that was used, or empty
  DryRun dry_run = DryRun::no;
  enum class Emptied : std::uint8_t {
    keep,
    clear
  } emptied = Emptied::keep;  ///< a cell that a person emptied: nothing, or “there is none”
  enum class Doubtful : std::uint8_t { leave, take } doubtful = Doubtful::leave;  ///< new rows whose only doubts are about cells
  Acting acting;
};

struct ImportReport {
  std::string sheet;                ///< the sheet that was read; empty for CSV
  std::vector<std::string> sheets;  ///< that there are
  std::vector<formats::Column> columns;
  std::vector<RowReport> rows;                                      ///< in order, unchanged ones too
  std::size_t fresh = 0, changed = 0, unchanged = 0, doubtful = 0;  ///< rows
  std::size_t partly = 0;                                           ///< changed rows of which a doubtful cell was left out
  std::size_t emptied = 0;                                          ///< cells that were emptied and left as they are
  bool stored = false;                                              ///< something was changed in the library
  std::vector<Diagnostic> diagnostics;
};

/// Brings a spreadsheet (CSV, XLSX) into the library as one step: one transaction, one event, taken back by undo_import().
///
/// A row with the id of an export is a difference: each cell is compared with what the sheet said at first and with what the record
/// says now, and what a person changed becomes that person's edit. What the library changed meanwhile is never overwritten (conflict).
/// A row without an id is a source of its own, keyed by what its cells say; adding it again changes nothing. Rows that are missing
/// change nothing. Doubtful rows and cells are left out and told. With DryRun::yes nothing changes.
///
/// Errors: io; invalid for a file that is no spreadsheet or has no known column; usage for a wrong column, field or sheet.
Result<ImportReport> import_sheet(Library& library, const ImportRequest& request);

struct UndoneImport {
  std::string sheet;               ///< the file that was imported
  std::vector<std::string> works;  ///< ids of those that it touched
};
/// Takes back the last import that is still in force: edits return to what they replaced, rows' sources leave. All or nothing:
/// Errc::conflict when one of its fields was edited since (which work, what to do); not_found when there is none.
Result<UndoneImport> undo_import(Library& library, const Acting& acting);

/// The tables of a spreadsheet file, recognised by content; XLSX is read by colophon-extract. Errors as import_sheet().
struct SheetFile {
  formats::Format format = formats::Format::csv;
  std::vector<formats::Table> tables;
  std::vector<Diagnostic> diagnostics;
  std::string bytes;
};
Result<SheetFile> read_sheet_file(Library& library, const std::filesystem::path& path);

}  // namespace colophon::app
