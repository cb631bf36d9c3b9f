// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/edit_steps.hpp"
#include "app/import_sheet.hpp"
#include "formats/sheet/stamp.hpp"

namespace colophon::app {

/// A row with what would be done about it: edits of a work, or a source of its own, or nothing.
struct PlannedRow {
  RowReport report;
  std::vector<FieldEdit> edits;
  std::optional<EditTarget> target;  ///< of the edits
  std::optional<ingest::NewSource> source;
};

/// Says what each row of a table would do to the library as it is now. Changes nothing; within a transaction.
class SheetPlanner {
 public:
  /// `path` names the sheet in origins; `columns` must outlive the planner.
  SheetPlanner(
      Library& library, const ImportRequest& request, const formats::Columns& columns, formats::Format format, std::string path)
      : library_(library), request_(request), columns_(columns), format_(format), path_(std::move(path)) {}

  std::optional<PlannedRow> plan(const formats::SheetRow& row);
  std::size_t emptied() const { return emptied_; }

 private:
  struct Field;  // the cells of one target
  void plan_edit(const formats::RowDraft& draft, PlannedRow& out);
  void compare(const Field& field, const bib::Work& record, const formats::Stamp& stamp, PlannedRow& out);
  std::optional<FieldEdit> changed(const Field& field,
                                   const bib::Work& record,
                                   const formats::CellReading& reading,
                                   const PlannedRow& so_far);
  FieldEdit changed_extra(const formats::Target& target,
                          const bib::Work& record,
                          const formats::CellReading& reading,
                          const PlannedRow& so_far);
  void take(const Field& field, const bib::Work& record, FieldEdit edit, PlannedRow& out);
  void assert_none(const Field& field, const bib::Work& record, PlannedRow& out);
  std::vector<Field> fields_of(const formats::RowDraft& draft) const;

  void plan_source(formats::RowDraft& draft, PlannedRow& out);
  bool is_known(const Sha256& key, PlannedRow& out);
  void find_duplicates(const formats::RowDraft& draft, const Sha256& key, PlannedRow& out);
  std::set<store::WorkId> matches(const bib::Work& work);
  void show_changes(std::optional<store::WorkId> work,
                    std::optional<store::SourceId> superseded,
                    const formats::RowDraft& draft,
                    const Sha256& key,
                    PlannedRow& out);
  std::string unique_id(const formats::RowDraft& draft);
  void doubt(PlannedRow& out, std::string code, std::string message, const formats::Column* column = nullptr) const;

  Library& library_;
  const ImportRequest& request_;
  const formats::Columns& columns_;
  formats::Format format_;
  std::string path_;
  std::size_t emptied_ = 0;
  std::map<Sha256, std::uint32_t> keys_;             ///< rows of this sheet by what they say
  std::map<std::string, std::uint32_t> match_keys_;  ///< and by the work they describe
  std::map<store::WorkId, std::uint32_t> edited_;
  std::map<std::string, std::size_t> local_ids_;
};

}  // namespace colophon::app
