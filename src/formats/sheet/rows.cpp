// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/sheet/rows.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "formats/sheet/csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace colophon::formats {
namespace {

using bib::FieldId;
using Kind = Target::Kind;

constexpr std::size_t kHeaderRows = 20;  // a title, a date and a logo may stand above the header
constexpr std::size_t kNamedHeaders = 8;

bool is_blank_cell(const Cell& cell) { return trim(cell.text).empty(); }

std::string header_text(const Cell& cell) { return squeeze(unguard(trim(cell.text))); }

std::optional<std::string> in_map(const ColumnMap& map, std::string_view header) {
  const std::string key = fold_key(header);
  for (const auto& [name, target] : map) {
    if (name == header || (!key.empty() && fold_key(name) == key)) return target;
  }
  return std::nullopt;
}

class Finder {
 public:
  Finder(const Table& table, const ColumnMap& saved, const ColumnMap& given) : table_(table), saved_(saved), given_(given) {}

  Result<Columns> find() {
    if (table_.rows.empty()) return fail(Errc::invalid, "the sheet has no cells", "choose another sheet, or save the file again");
    const std::size_t header = header_row();
    Columns out;
    out.first_row = header + 1;
    bool known = false;
    const std::vector<bool> has_cells = filled(header);
    for (std::size_t i = 0; i < has_cells.size(); ++i) {
      const bool named = i < table_.rows[header].cells.size() && !is_blank_cell(table_.rows[header].cells[i]);
      if (!named && !has_cells[i]) continue;
      Column column{i, named ? header_text(table_.rows[header].cells[i]) : column_name(i), {}};
      TRY_ASSIGN(const std::optional<Target> target, target_of(column.header));
      known = known || (target && target->kind != Kind::nothing);
      column.target = unique(target ? *target : extra_of(column.header), column.header);
      out.columns.push_back(std::move(column));
    }
    TRY(check_given(out, header));
    if (!known)
      return fail(Errc::invalid, fmt::format("no column of the sheet is known; its first row says {}", headers(header)),
                  "name them, as in --column \"Titel der Studie=title\"");
    return out;
  }

 private:
  Result<std::optional<Target>> target_of(const std::string& header) const {
    for (const ColumnMap* map : {&given_, &saved_}) {
      const std::optional<std::string> name = in_map(*map, header);
      if (!name) continue;
      TRY_ASSIGN(Target target, target_named(*name, header));
      return std::optional(std::move(target));
    }
    return target_of_header(header);
  }

  bool is_known(const Cell& cell) const {
    const std::string header = header_text(cell);
    return !header.empty() && header.size() < 100 &&
           (in_map(given_, header) || in_map(saved_, header) || target_of_header(header));
  }

  std::size_t header_row() const {
    std::size_t best = 0, most = 0;
    for (std::size_t i = 0; i < std::min(kHeaderRows, table_.rows.size()); ++i) {
      const auto known =
          static_cast<std::size_t>(std::ranges::count_if(table_.rows[i].cells, [&](const Cell& cell) { return is_known(cell); }));
      if (known > most) best = i, most = known;
    }
    return best;
  }

  // A column that a person names must be there; one without a header goes by its letter.
  Status check_given(const Columns& columns, std::size_t header) const {
    for (const auto& [name, target] : given_) {
      const auto is_named = [&](const Column& column) { return in_map({{name, target}}, column.header).has_value(); };
      if (std::ranges::none_of(columns.columns, is_named))
        return fail(Errc::usage, fmt::format("there is no column “{}”", printable(name)),
                    fmt::format("the columns are {}", headers(header)));
    }
    return {};
  }

  std::string headers(std::size_t header) const {
    std::vector<std::string> names;
    for (const Cell& cell : table_.rows[header].cells) {
      if (is_blank_cell(cell)) continue;
      if (names.size() == kNamedHeaders) return fmt::format("{} …", fmt::join(names, ", "));
      names.push_back(fmt::format("“{}”", printable(ellipsis(header_text(cell), 40))));
    }
    return fmt::format("{}", fmt::join(names, ", "));
  }

  std::size_t width(std::size_t header) const {
    std::size_t out = 0;
    for (std::size_t i = header; i < table_.rows.size(); ++i) out = std::max(out, table_.rows[i].cells.size());
    return out;
  }
  // Which columns say something below the header.
  std::vector<bool> filled(std::size_t header) const {
    std::vector<bool> out(width(header));
    for (std::size_t i = header + 1; i < table_.rows.size(); ++i) {
      const std::vector<Cell>& cells = table_.rows[i].cells;
      for (std::size_t c = 0; c < cells.size(); ++c) out[c] = out[c] || !is_blank_cell(cells[c]);
    }
    return out;
  }

  static Target extra_of(const std::string& header) {
    return {.kind = Kind::extra, .extra = header.starts_with(kExtraPrefix) ? header : std::string(kExtraPrefix) + header};
  }

  // The target, or the next best when another column has it already.
  Target unique(Target target, const std::string& header) {
    const bool repeats = target.kind == Kind::field && bib::row(target.field).cardinality == bib::Cardinality::many;
    if (target.kind == Kind::nothing || repeats || taken_.emplace(name_of(target)).second) return target;
    Target extra = extra_of(header);
    for (int n = 2; !taken_.emplace(extra.extra).second; ++n) extra.extra = extra_of(fmt::format("{} ({})", header, n)).extra;
    return extra;
  }

  const Table& table_;
  const ColumnMap& saved_;
  const ColumnMap& given_;
  std::set<std::string> taken_;
};

bool repeats_header(const Columns& columns, const std::vector<Cell>& cells) {
  for (std::size_t i = 0; i < columns.columns.size(); ++i) {
    const std::string text = i < cells.size() ? squeeze(cells[i].text) : std::string();
    if (text != columns.columns[i].header &&
        !(text.empty() && columns.columns[i].header == column_name(columns.columns[i].index)))
      return false;
  }
  return true;
}

// Nothing that stands in a cell is lost: what is no value of its field is kept under the column's name.
void take(const Column& column, const Cell& cell, CellReading reading, bib::Work& work) {
  if (column.target.kind == Kind::type) {
    if (reading.type) work.type = *reading.type;
    else work.add(FieldId::genre, bib::Text{nfc(squeeze(cell.text)), {}});
    return;
  }
  const FieldId field = column.target.kind == Kind::extra ? FieldId::extra : column.target.field;
  for (bib::Value& value : reading.values) work.add(field, std::move(value));
  const bool lost = reading.doubt && reading.doubt->code != "odd-names" && reading.doubt->code != "bad-date";
  if (lost) work.add(FieldId::extra, bib::Extra{std::string(kExtraPrefix) + column.header, nfc(trim(cell.text))});
}

bool says_something(const Column& column) { return column.target.kind != Kind::nothing; }

}  // namespace

bool Columns::has(Kind kind) const {
  return std::ranges::any_of(columns, [&](const Column& column) { return column.target.kind == kind; });
}

ColumnMap Columns::map() const {
  ColumnMap out;
  for (const Column& column : columns) {
    const bool plain_extra = column.target.extra == std::string(kExtraPrefix) + column.header;
    out.emplace_back(column.header, plain_extra ? "extra" : name_of(column.target));
  }
  return out;
}

Result<Columns> find_columns(const Table& table, const ColumnMap& saved, const ColumnMap& given) {
  return Finder(table, saved, given).find();
}

std::optional<RowDraft> read_row(const Columns& columns, const SheetRow& row) {
  RowDraft out;
  out.number = row.number;
  for (const Column& column : columns.columns) {
    if (column.index >= row.cells.size()) break;  // so that short rows below a wide header cost little
    Cell cell = row.cells[column.index];
    cell.text = unguard(trim(cell.text));
    out.cells.push_back(std::move(cell));
  }
  bool blank = true;
  for (std::size_t i = 0; i < out.cells.size(); ++i)
    blank = blank && (is_blank_cell(out.cells[i]) || !says_something(columns.columns[i]));
  if (blank || repeats_header(columns, out.cells)) return std::nullopt;
  for (std::size_t i = 0; i < out.cells.size(); ++i) {
    const Column& column = columns.columns[i];
    const Cell& cell = out.cells[i];
    if (is_blank_cell(cell) || column.target.kind == Kind::nothing) continue;
    if (column.target.kind == Kind::id) out.id = squeeze(cell.text);
    if (column.target.kind == Kind::stamp) out.stamp = cell.text;
    if (column.target.kind == Kind::id || column.target.kind == Kind::stamp) continue;
    CellReading reading = read_cell(column.target, cell);
    if (reading.doubt && reading.doubt->code != "unknown-type") out.doubts.push_back({i, *reading.doubt});
    take(column, cell, std::move(reading), out.work);
  }
  if (out.id.empty() && !out.work.has(FieldId::title)) out.doubts.push_back({{}, {"no-title", "the row has no title"}});
  return out;
}

Sha256 RowDraft::key(const Columns& columns) const {
  std::map<std::string, std::string> said;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Target& target = columns.columns[i].target;
    if (target.kind == Kind::nothing || target.kind == Kind::id || target.kind == Kind::stamp || is_blank_cell(cells[i]))
      continue;
    std::string& text = said[name_of(target)];
    text += (text.empty() ? "" : "\n") + nfc(trim(cells[i].text));
  }
  Hasher hasher;
  hasher.update("sheet row");
  for (const auto& [name, text] : said) hasher.update(fmt::format("{}:{}:{}:{}", name.size(), name, text.size(), text));
  return hasher.finish();
}

std::string RowDraft::local_id() const {
  if (work.has(FieldId::citation_key)) return work.text(FieldId::citation_key);
  if (work.has(FieldId::doi)) return work.text(FieldId::doi);
  std::string out = fold_key(work.full_title());
  if (const bib::NameList* authors = work.names(FieldId::author); authors && !authors->names.empty())
    out += "|" + bib::surname_key(authors->names[0].name);
  if (const std::optional<int> year = work.year()) out += fmt::format("|{}", *year);
  return out;
}

}  // namespace colophon::formats
