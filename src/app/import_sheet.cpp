// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import_sheet.hpp"

#include <algorithm>

#include "app/sheet_map.hpp"
#include "app/sheet_plan.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace colophon::app {
namespace {

struct Chosen {
  const formats::Table* table = nullptr;
  formats::Columns columns;
};

// The sheet that is named, else the first in which a column is known.
Result<Chosen> choose(const SheetFile& file, const ImportRequest& request, const formats::ColumnMap& saved) {
  std::optional<Error> first;
  std::vector<std::string> names;
  for (const formats::Table& table : file.tables) {
    names.push_back(table.sheet);
    if (!request.sheet_name.empty() && !iequals(table.sheet, request.sheet_name)) continue;
    Result<formats::Columns> columns = formats::find_columns(table, saved, request.columns);
    if (columns) return Chosen{&table, std::move(*columns)};
    if (!first) first = columns.error();
  }
  if (!first)
    return fail(Errc::usage, fmt::format("there is no sheet “{}”", printable(request.sheet_name)),
                file.format == formats::Format::csv ? "a CSV file is one sheet without a name; leave out --sheet"
                                                    : fmt::format("the sheets are {}", fmt::join(names, ", ")),
                request.sheet.string());
  first->where = request.sheet.string();
  return std::unexpected(*first);
}

void count(const PlannedRow& row, ImportReport& report) {
  std::size_t* const totals[] = {&report.fresh, &report.changed, &report.unchanged, &report.doubtful};
  ++*totals[static_cast<std::size_t>(row.report.status)];
  if (row.target && row.report.status == RowStatus::changed && !row.report.doubts.empty()) ++report.partly;
}

// The file's bytes, kept when a row became a source.
Status keep_blob(Library& library, const SheetFile& file, std::vector<PlannedRow>& rows) {
  const bool sources = std::ranges::any_of(rows, [](const PlannedRow& row) { return row.source.has_value(); });
  if (!sources) return {};
  TRY_ASSIGN(store::Incoming incoming, library.store().blobs().receive(std::string_view(file.bytes)));
  TRY(library.store().blobs().keep(incoming));
  store::Blobs::record(library.store().db(), incoming.digest, incoming.size, library.clock().now());
  for (PlannedRow& row : rows) {
    if (row.source) row.source->source.blob = incoming.digest, row.source->source.child = row.report.number;
  }
  return {};
}

// Takes what was planned: one event with all that is needed to take it back.
Status store_rows(Library& library,
                  const ImportRequest& request,
                  const formats::Columns& columns,
                  std::vector<PlannedRow>& rows) {
  store::Store& store = library.store();
  ingest::Assimilation assimilation(store, library.clock().now());
  Json edited = Json::array(), added = Json::array(), works = Json::array(), map = Json::object();
  std::vector<std::pair<std::size_t, RowReport*>> taken;  // outcomes of rows' own sources
  std::size_t outcomes = 0;
  for (PlannedRow& row : rows) {
    if (!row.edits.empty()) {
      outcomes += row.edits.size();
      edited.push(take_edits(library, assimilation, *row.target, std::move(row.edits)));
      works.push(row.report.id);
    }
    if (!row.source) continue;
    const auto replaced = store.sources().at_origin(row.source->path, row.source->local_id);
    added.push(
        Json::object({{"path", row.source->path}, {"local_id", row.source->local_id}, {"key", row.source->source.key.hex()}})
            .set_if("replaced", replaced ? Json(store.sources().short_id(*replaced)) : Json()));
    taken.emplace_back(outcomes++, &row.report);
    assimilation.take(std::move(*row.source));
  }
  const std::vector<ingest::Outcome> done = assimilation.finish();
  for (const auto& [index, report] : taken) {
    report->id = done.at(index).work_id;
    works.push(report->id);
  }
  for (const auto& [header, target] : columns.map()) map.set(header, target);
  Json payload = Json::object({{"sheet", std::filesystem::absolute(request.sheet).lexically_normal().string()},
                               {"columns", std::move(map)},
                               {"edited", std::move(edited)},
                               {"added", std::move(added)},
                               {"works", std::move(works)}});
  return record_corpus_event(library, request.acting, "imported", std::move(payload));
}

Result<ImportReport> plan_and_store(Library& library, const ImportRequest& request, const SheetFile& file, const Chosen& chosen) {
  std::string path = std::filesystem::absolute(request.sheet).lexically_normal().string();
  if (!chosen.table->sheet.empty()) path += "#" + chosen.table->sheet;
  SheetPlanner planner(library, request, chosen.columns, file.format, std::move(path));
  std::vector<PlannedRow> rows;
  for (std::size_t i = chosen.columns.first_row; i < chosen.table->rows.size(); ++i) {
    if (std::optional<PlannedRow> row = planner.plan(chosen.table->rows[i])) rows.push_back(std::move(*row));
  }
  TRY(library.store().db().take_status());
  ImportReport out;
  const bool changes = std::ranges::any_of(rows, [](const PlannedRow& row) { return !row.edits.empty() || row.source; });
  if (changes && request.dry_run == DryRun::no) {
    TRY(keep_blob(library, file, rows));
    TRY(store_rows(library, request, chosen.columns, rows));
    out.stored = true;
  }
  out.emptied = planner.emptied();
  for (PlannedRow& row : rows) {
    count(row, out);
    out.rows.push_back(std::move(row.report));
  }
  return out;
}

// The imports in the ledger that were not taken back: the last one.
std::optional<Json> last_import(Library& library) {
  std::vector<store::LedgerEvent> events = library.store().ledger().stream("corpus");
  std::size_t undone = 0;
  for (auto it = events.rbegin(); it != events.rend(); ++it) {
    if (it->kind == "import-undone") ++undone;
    else if (it->kind == "imported" && undone > 0) --undone;
    else if (it->kind == "imported") return it->payload;
  }
  return std::nullopt;
}

std::unexpected<Error> overtaken(const std::string& id) {
  return fail(Errc::conflict, fmt::format("{} was edited after the import", id),
              fmt::format("take that back first: colophon edit {} --undo", id));
}

Status take_back_rows(Library& library, ingest::Assimilation& assimilation, const Json& added) {
  store::Sources sources = library.store().sources();
  for (const Json& row : added.items()) {
    const std::string &path = row["path"].as_string(), &local_id = row["local_id"].as_string();
    TRY_ASSIGN(const Sha256 key, Sha256::parse(row["key"].as_string()));
    const std::optional<store::Sources::Known> known = sources.find(key);
    if (!known || sources.at_origin(path, local_id) != known->id)
      return fail(Errc::conflict, fmt::format("“{}” of {} came in again since", printable(local_id), path),
                  "withdraw the work instead (colophon withdraw ID)");
    const std::optional<store::SourceId> earlier = sources.with_short_id(row["replaced"].as_string());
    const std::optional<store::Source> source = earlier && *earlier != known->id ? sources.get(*earlier) : std::nullopt;
    if (!source) {
      if (!earlier) assimilation.drop(path, local_id);
      continue;
    }
    ingest::NewSource again;
    again.path = path;
    again.local_id = local_id;
    again.source = *source;
    assimilation.take(std::move(again));
  }
  return {};
}

}  // namespace

Result<ImportReport> import_sheet(Library& library, const ImportRequest& request) {
  formats::ColumnMap saved;
  if (!request.map.empty()) {
    TRY_ASSIGN(saved, load_column_map(request.map));
  }
  TRY_ASSIGN(const SheetFile file, read_sheet_file(library, request.sheet));
  TRY_ASSIGN(const Chosen chosen, choose(file, request, saved));
  const auto run = [&] { return plan_and_store(library, request, file, chosen); };
  TRY_ASSIGN(ImportReport out, request.dry_run == DryRun::yes ? library.store().read(run) : library.store().write(run));
  if (!request.save_map.empty()) TRY(save_column_map(request.save_map, chosen.columns.map()));
  out.sheet = chosen.table->sheet;
  for (const formats::Table& table : file.tables) out.sheets.push_back(table.sheet);
  out.columns = chosen.columns.columns;
  out.diagnostics = file.diagnostics;
  return out;
}

Result<UndoneImport> undo_import(Library& library, const Acting& acting) {
  return library.store().write([&]() -> Result<UndoneImport> {
    const std::optional<Json> import = last_import(library);
    if (!import)
      return fail(Errc::not_found, "no import of a spreadsheet is in force",
                  "“colophon edit ID --undo” takes a single edit back");
    UndoneImport out{(*import)["sheet"].as_string(), {}};
    for (const Json& id : (*import)["works"].items()) {
      const Result<Found> found = find_work(library, id.as_string());
      out.works.push_back(found ? found->id : id.as_string());
    }
    for (const Json& edit : (*import)["edited"].items()) {
      if (!still_stands(library.store(), edit)) return overtaken(edit["anchor"].as_string());
    }
    ingest::Assimilation assimilation(library.store(), library.clock().now());
    for (const Json& edit : (*import)["edited"].items()) take_back(library.store(), assimilation, edit);
    TRY(take_back_rows(library, assimilation, (*import)["added"]));
    assimilation.finish();
    TRY(record_corpus_event(library, acting, "import-undone", Json::object({{"sheet", out.sheet}})));
    return out;
  });
}

}  // namespace colophon::app
