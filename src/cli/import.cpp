// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "app/import_sheet.hpp"
#include "base/text.hpp"
#include "cli/rows.hpp"

#include <fmt/format.h>

namespace colophon::cli {
namespace {

using app::ImportReport;
using app::RowReport;
using app::RowStatus;

constexpr std::size_t kShownRows = 40;
constexpr std::size_t kShownText = 60;
constexpr std::string_view kIndent = "            ";
constexpr int kPartly = 7;

// --- JSON --------------------------------------------------------------------------------------------------------------------

Json columns_json(const ImportReport& report) {
  Json out = Json::array();
  for (const formats::Column& column : report.columns) {
    out.push(Json::object(
        {{"column", formats::column_name(column.index)}, {"header", column.header}, {"field", formats::name_of(column.target)}}));
  }
  return out;
}

Json row_json(const RowReport& row) {
  Json cells = Json::array(), doubts = Json::array();
  for (const app::CellChange& c : row.cells) {
    cells.push(
        Json::object({{"column", c.column}, {"header", c.header}, {"field", c.field}, {"before", c.before}, {"after", c.after}}));
  }
  for (const app::SheetDoubt& d : row.doubts)
    doubts.push(Json::object({{"column", d.column}, {"header", d.header}, {"code", d.code}, {"message", d.message}}));
  return Json::object({{"row", row.number},
                       {"status", app::name(row.status)},
                       {"id", row.id},
                       {"title", row.title},
                       {"cells", std::move(cells)},
                       {"doubts", std::move(doubts)}});
}

Json report_json(const ImportReport& report) {
  Json rows = Json::array(), diagnostics = Json::array();
  for (const RowReport& row : report.rows) rows.push(row_json(row));
  for (const Diagnostic& d : report.diagnostics) diagnostics.push(to_json(d));
  return Json::object({{"v", 1},
                       {"sheet", report.sheet},
                       {"columns", columns_json(report)},
                       {"new", report.fresh},
                       {"changed", report.changed},
                       {"unchanged", report.unchanged},
                       {"doubtful", report.doubtful},
                       {"emptied", report.emptied},
                       {"stored", report.stored},
                       {"rows", std::move(rows)},
                       {"remarks", std::move(diagnostics)}});
}

// --- for people --------------------------------------------------------------------------------------------------------------

Style style_of(RowStatus status) {
  switch (status) {
    case RowStatus::fresh:
    case RowStatus::changed: return Style::good;
    case RowStatus::doubtful: return Style::warn;
    case RowStatus::unchanged: break;
  }
  return Style::dim;
}

std::string quoted(const std::string& text) { return text.empty() ? "nothing" : "“" + ellipsis(squeeze(text), kShownText) + "”"; }

std::string place(const std::string& column, const std::string& header) {
  return column.empty() ? header : column + " " + header;
}

void tell_columns(Output& out, const ImportReport& report) {
  out.line(report.sheet.empty() ? Pieces{"Columns"} : Pieces{"Columns of sheet ", {report.sheet, Style::bold}});
  std::vector<Pieces> table;
  for (const formats::Column& column : report.columns) {
    const auto kind = column.target.kind;
    const std::string field = kind == formats::Target::Kind::nothing ? "left out"
                              : kind == formats::Target::Kind::extra ? "kept as it is"
                              : kind == formats::Target::Kind::stamp ? "what the export said"
                                                                     : formats::name_of(column.target);
    const bool plain = kind == formats::Target::Kind::field || kind == formats::Target::Kind::type;
    table.push_back({"  " + formats::column_name(column.index),
                     ellipsis(column.header, kShownText),
                     {field, plain ? Style::plain : Style::dim}});
  }
  out.table(table);
}

void tell_change(Output& out, const app::CellChange& c) {
  Pieces line{kIndent, place(c.column, c.header), ": "};
  if (!c.before.empty()) line.insert(line.end(), {{quoted(c.before), Style::dim}, " → "});
  line.emplace_back(quoted(c.after));
  out.line(line);
}

// How a new row was understood, in one line: who and when are what goes wrong.
void tell_reading(Output& out, const RowReport& row) {
  std::string said;
  for (const std::string_view field : {"author", "issued", "type", "container_title", "doi"}) {
    const auto cell = std::ranges::find(row.cells, field, &app::CellChange::field);
    if (cell != row.cells.end()) said += (said.empty() ? "" : " · ") + ellipsis(squeeze(cell->after), kShownText);
  }
  if (!said.empty()) out.line({kIndent, {said, Style::dim}});
}

void tell_row(Output& out, const RowReport& row) {
  Pieces line{fmt::format("row {:<5} ", row.number), {fmt::format("{:<10}", app::name(row.status)), style_of(row.status)}};
  if (!row.id.empty()) line.insert(line.end(), {{row.id, Style::bold}, "  "});
  line.emplace_back(row.title.empty() ? "(no title)" : ellipsis(row.title, kShownText));
  out.line(line);
  if (row.status == RowStatus::fresh && !out.verbose()) tell_reading(out, row);
  else
    for (const app::CellChange& c : row.cells) tell_change(out, c);
  for (const app::SheetDoubt& d : row.doubts) {
    const std::string what = place(d.column, d.header);
    out.line({kIndent, {"? ", Style::warn}, what.empty() ? "" : what + ": ", d.message});
  }
}

void tell_rows(Output& out, const ImportReport& report) {
  std::size_t told = 0;
  for (const RowReport& row : report.rows) {
    if (row.status == RowStatus::unchanged && row.doubts.empty() && !out.verbose()) continue;
    if (++told <= kShownRows || out.verbose()) tell_row(out, row);
  }
  if (told > kShownRows && !out.verbose()) out.line(fmt::format("… and {} more rows (-v)", told - kShownRows));
}

void summarise(Output& out, const ImportReport& report, const app::ImportRequest& request) {
  struct Row {
    const char* name;
    std::size_t count;
    const char* says;
  };
  const Row rows[] = {{"new", report.fresh, "works that the library did not have"},
                      {"changed", report.changed, "works that now say more, or something else"},
                      {"unchanged", report.unchanged, "known already"},
                      {"doubtful", report.doubtful, "left out: see above"}};
  std::vector<Pieces> table;
  for (const Row& row : rows) {
    if (row.count > 0)
      table.push_back({fmt::format(" {}", row.name), {fmt::format("{:>6}", row.count), Style::bold}, {row.says, Style::dim}});
  }
  if (table.empty()) table.push_back({" the sheet has no rows below its header"});
  out.table(table);
  if (report.partly > 0)
    out.line(fmt::format("{} doubtful cells that are left out.", counted(report.partly, "changed row has", "changed rows have")));
  if (report.emptied > 0)
    out.line(fmt::format("{}, which changes nothing; --clear says that there is no value.",
                         counted(report.emptied, "cell was emptied", "cells were emptied")));
  if (request.dry_run == app::DryRun::yes) out.line("This is what would happen. Nothing was changed.");
  else if (report.stored) out.line("One step: “colophon import --undo” takes it back.");
  else out.line("Nothing was changed.");
}

// --- the command -------------------------------------------------------------------------------------------------------------

Result<formats::ColumnMap> columns_of(Invocation& call) {
  formats::ColumnMap out;
  for (const std::string& text : call.values.texts("column")) {
    const std::size_t equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0)
      return fail(Errc::usage, fmt::format("“{}” names no column and field", text),
                  "write --column \"Header=field\", as in --column \"Jahr der Studie=issued\"");
    out.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return out;
}

Result<int> undo(Invocation& call, app::Library& library) {
  TRY_ASSIGN(const app::UndoneImport undone, app::undo_import(library, call.acting()));
  TRY(make_searchable(library, call.out));
  if (call.out.json()) {
    Json works = Json::array();
    for (const std::string& id : undone.works) works.push(id);
    call.out.value(Json::object({{"v", 1}, {"undone", undone.sheet}, {"works", std::move(works)}}));
  } else {
    call.out.line(
        {"the import of ", {undone.sheet, Style::bold}, " is taken back: ", counted(undone.works.size(), "work", "works")});
  }
  return kDone;
}

Result<int> import_sheet(Invocation& call) {
  TRY_ASSIGN(app::Library* const library, call.library());
  const std::string file = call.values.text("SHEET");
  if (call.values.has("undo")) {
    if (!file.empty()) return fail(Errc::usage, "--undo takes back the last import and reads no file", "give --undo alone");
    return undo(call, *library);
  }
  if (file.empty()) return fail(Errc::usage, "say which spreadsheet", "name a CSV or XLSX file, or write --undo");
  app::ImportRequest request;
  request.sheet = file;
  request.sheet_name = call.values.text("sheet");
  TRY_ASSIGN(request.columns, columns_of(call));
  request.map = call.values.text("map");
  request.save_map = call.values.text("save-map");
  request.dry_run = call.values.has("dry-run") ? app::DryRun::yes : app::DryRun::no;
  if (call.values.has("clear")) request.emptied = app::ImportRequest::Emptied::clear;
  if (call.values.has("doubtful")) request.doubtful = app::ImportRequest::Doubtful::take;
  request.acting = call.acting();
  TRY_ASSIGN(const ImportReport report, app::import_sheet(*library, request));
  if (call.out.json()) {
    call.out.value(report_json(report));
  } else {
    for (const Diagnostic& d : report.diagnostics)
      call.out.note(fmt::format("{}: {}{}", to_string(d.at), d.message, d.hint.empty() ? "" : "; " + d.hint));
    const bool exported = std::ranges::any_of(
        report.columns, [](const formats::Column& c) { return c.target.kind == formats::Target::Kind::stamp; });
    if ((request.dry_run == app::DryRun::yes && !exported) || call.out.verbose()) tell_columns(call.out, report);
    tell_rows(call.out, report);
    summarise(call.out, report, request);
  }
  if (report.stored) TRY(make_searchable(*library, call.out));
  return report.doubtful + report.partly > 0 && request.dry_run == app::DryRun::no ? kPartly : kDone;
}

}  // namespace

Rows import_rows() {
  return {{.name = "import",
           .group = "Works",
           .summary = "Bring in a spreadsheet: a list of works, or an export that was edited",
           .arguments = {{"SHEET", "a CSV file (comma, semicolon or tab) or an Excel workbook (.xlsx)", Arity::optional}},
           .options = {{"-n,--dry-run", Takes::nothing, "", "tell which rows are new, changed or doubtful; change nothing"},
                       {"--sheet", Takes::text, "NAME", "the sheet of a workbook (the first with known columns)"},
                       {"--column", Takes::text, "HEADER=FIELD",
                        "which field a column is; “extra” keeps it as it is, “-” leaves it out", Times::many},
                       {"--map", Takes::text, "FILE", "use the columns saved in FILE"},
                       {"--save-map", Takes::text, "FILE", "save which column is which field"},
                       {"--clear", Takes::nothing, "", "an emptied cell of an export says that there is no value"},
                       {"--doubtful", Takes::nothing, "",
                        "take new rows with doubtful cells too; such a cell is kept as it is written"},
                       {"--undo", Takes::nothing, "", "take back the last import, all of it"}},
           .details =
               [] {
                 return std::string(
                     "Columns are known by their headers in English, German, Spanish, Portuguese and French. A row of an export\n"
                     "(export --to csv) is compared cell by cell with the record; what you changed becomes your edit, what the\n"
                     "library changed meanwhile is not overwritten. A row without an id is a source like an entry of a BibTeX\n"
                     "file: importing it again changes nothing. Rows that are missing change nothing. Exit status: 7 when rows\n"
                     "or cells were doubtful and left out.\n");
               },
           .examples = {"colophon export --to csv -o list.csv", "colophon import -n list.csv",
                        "colophon import list.csv --as rahmatullahi",
                        "colophon import Publikationen.xlsx --column \"Art der Arbeit=type\" --save-map office.toml",
                        "colophon import --undo"},
           .run = import_sheet}};
}

}  // namespace colophon::cli
