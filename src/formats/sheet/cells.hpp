// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bib/work.hpp"
#include "formats/sheet/headers.hpp"
#include "formats/sheet/table.hpp"

namespace colophon::formats {

/// Why a person should look at a cell.
struct CellDoubt {
  std::string code;  ///< "bad-identifier", "bad-date", "odd-names", "rounded", "formula-error", "unknown-type"
  std::string message;
};

/// What a cell says about a work. With a doubt there may be values all the same: the best guess (a date), or none (an identifier).
struct CellReading {
  std::vector<bib::Value> values;
  std::optional<bib::WorkType> type;
  std::optional<CellDoubt> doubt;
};

/// Reads a cell by its target's kind: names and dates as in names.hpp and dates.hpp; several values of a field parted by semicolons or
/// line ends (keywords by commas where there is no semicolon; abstracts and notes by a line "---"); types and languages in
/// words of five languages; identifiers checked. REQUIRES: a target of kind field, type or extra; a cell that is not blank.
CellReading read_cell(const Target& target, const Cell& cell);

/// The cell of an export: what the record says of the target, as one text; empty when nothing. Types by their label, dates as EDTF,
/// names as "Family, Given; …", several values parted as above. Marks of rich text and details of authors have no place in it.
std::string cell_text(const bib::Work& record, const Target& target);

/// A person changed a cell from the text of `before`: the new values with what the cell could not show of the old ones. Equal values stay
/// as they were; of a changed title the marks at both ends; of authors the ORCID, affiliations and roles, for one who was
/// corrected too.
std::vector<bib::Value> carried_over(bib::FieldId field, std::span<const bib::Statement> before, std::vector<bib::Value> now);

}  // namespace colophon::formats
