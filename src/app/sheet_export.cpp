// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <set>

#include "app/export.hpp"
#include "app/show.hpp"
#include "base/text.hpp"
#include "formats/sheet/cells.hpp"
#include "formats/sheet/csv.hpp"
#include "formats/sheet/stamp.hpp"

namespace colophon::app {
namespace {

using bib::FieldId;
using formats::Target;

// Columns that are there even when no work has the field yet, to be filled in.
constexpr std::array kAlways = {FieldId::title, FieldId::author,   FieldId::issued,  FieldId::container_title,
                                FieldId::doi,   FieldId::abstract, FieldId::keyword, FieldId::language};
// Fields that no cell can say and take back.
constexpr std::array kNever = {FieldId::related, FieldId::reference, FieldId::extra};

bool among(std::span<const FieldId> fields, FieldId field) { return std::ranges::find(fields, field) != fields.end(); }

// What the works have, from their records as they are kept.
class Used {
 public:
  Status look(Library& library, const std::vector<std::string>& ids) {
    for (const std::string& id : ids) {
      TRY_ASSIGN(const Found found, find_work(library, id));
      const std::optional<store::WorkRow> row = library.store().works().get(found.work);
      if (!row) continue;
      TRY_ASSIGN(const bib::Work record, row->work());
      for (const bib::Statement& s : record.statements()) take(s);
    }
    return {};
  }

  std::vector<Target> columns() const {
    std::vector<Target> out = {{.kind = Target::Kind::type}};
    for (const bib::FieldRow& row : bib::fields()) {
      if (!among(kNever, row.id) && (fields_.contains(row.id) || among(kAlways, row.id)))
        out.push_back({.kind = Target::Kind::field, .field = row.id});
    }
    for (const std::string& name : extras_) out.push_back({.kind = Target::Kind::extra, .extra = name});
    return out;
  }

 private:
  void take(const bib::Statement& s) {
    fields_.insert(s.field);
    const auto* extra = std::get_if<bib::Extra>(&s.value);
    if (extra && extra->name.starts_with(formats::kExtraPrefix)) extras_.insert(extra->name);
  }
  std::set<FieldId> fields_;
  std::set<std::string> extras_;
};

std::string header(const std::vector<Target>& columns, char separator) {
  std::vector<std::string> cells = {std::string(formats::kIdHeader)};
  for (const Target& column : columns) cells.push_back(formats::guard(formats::header_of(column)));
  cells.emplace_back(formats::kStampHeader);
  return "\xEF\xBB\xBF" + formats::write_csv_row(cells, separator);
}

std::string row_of(const std::string& id, const bib::Work& record, const std::vector<Target>& columns, char separator) {
  std::vector<std::string> cells = {formats::guard(id)};
  std::vector<formats::Stamp::Said> said;
  for (const Target& column : columns) {
    std::string text = formats::cell_text(record, column);
    cells.push_back(formats::guard(text));
    said.push_back({column, std::move(text)});
  }
  cells.push_back(formats::Stamp::make(id, said));
  return formats::write_csv_row(cells, separator);
}

}  // namespace

Result<std::size_t> export_sheet(Library& library,
                                 Audience audience,
                                 std::string_view query,
                                 char separator,
                                 const std::function<Status(std::string_view)>& write) {
  TRY_ASSIGN(const std::vector<std::string> ids, ids_of(library, audience, query));
  Used used;
  TRY(used.look(library, ids));
  const std::vector<Target> columns = used.columns();
  TRY(write(header(columns, separator)));
  std::size_t count = 0;
  for (const std::string& id : ids) {
    const Result<WorkView> view = show_work(library, id, audience);
    if (!view || view->state != store::WorkState::live) continue;
    TRY(write(row_of(view->id, view->record, columns, separator)));
    ++count;
  }
  return count;
}

}  // namespace colophon::app
