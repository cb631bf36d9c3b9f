// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "formats/sheet/cells.hpp"

namespace colophon::formats {

/// Which header means which target, by name: {"Jahr", "issued"}. What a person saved or gives; headers compare by fold_key().
using ColumnMap = std::vector<std::pair<std::string, std::string>>;

struct Column {
  std::size_t index = 0;  ///< from 0; column_name() for people
  std::string header;     ///< as it stands there; the column's letter when there is none
  Target target;
};

/// The columns of a table and where its rows begin.
struct Columns {
  std::size_t first_row = 0;  ///< position in Table::rows of the first row below the header
  std::vector<Column> columns;

  bool has(Target::Kind kind) const;
  /// As a map that finds these columns again.
  ColumnMap map() const;
};

/// Finds the header among the first rows (the one with the most headers that are known), and what each column means: by `given`, else by
/// `saved`, else by target_of_header(). A second column for a field of one value, and what nothing knows, is kept as an extra.
/// Errors: usage for a name that is no target, or a given header that is not there; invalid when no column is known at all.
Result<Columns> find_columns(const Table& table, const ColumnMap& saved, const ColumnMap& given);

/// A doubt about a cell, or about the whole row (`column` empty).
struct RowDoubt {
  std::optional<std::size_t> column;  ///< position in Columns::columns
  CellDoubt doubt;
};

/// What a row says about a work.
struct RowDraft {
  std::uint32_t number = 0;
  std::string id, stamp;
  std::vector<Cell> cells;  ///< one a column, as far as the row goes; apostrophes of guard() taken away
  bib::Work work;  ///< what could be read; doubtful identifiers stand in it as extras, types that are none of ours as genre
  std::vector<RowDoubt> doubts;

  /// The digest of what the row's cells say, column by column: not of where they stand, nor of the id and stamp.
  Sha256 key(const Columns& columns) const;
  /// The row's name within its list, for its origin: DOI, citation key, or title with its first author and year, folded.
  std::string local_id() const;
};

/// Reads a row. Rows that repeat the header, and rows whose cells are all blank or left out, give nothing.
std::optional<RowDraft> read_row(const Columns& columns, const SheetRow& row);

}  // namespace colophon::formats
