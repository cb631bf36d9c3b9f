// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_office/worksheet.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "formats_office/xlsx_reader.hpp"

#include <fmt/format.h>

namespace colophon::formats_office {
namespace {

using formats::Cell;
using formats::CellKind;
using formats::SheetRow;
using formats_xml::XmlAttributes;

constexpr std::uint32_t kLastRow = 1'048'576;

struct Place {
  std::uint32_t row = 0;   ///< from 1
  std::size_t column = 0;  ///< from 0
};

// "AB12"
std::optional<Place> place_of(std::string_view ref) {
  Place out;
  std::size_t at = 0;
  for (; at < ref.size() && at < 3 && is_ascii_alpha(ref[at]); ++at)
    out.column = out.column * 26 + static_cast<std::size_t>((ref[at] | 0x20) - 'a') + 1;
  const auto [end, error] = std::from_chars(ref.data() + at, ref.data() + ref.size(), out.row);
  if (at == 0 || error != std::errc() || end != ref.data() + ref.size() || out.row == 0 || out.row > kLastRow)
    return std::nullopt;
  --out.column;
  return out;
}

std::optional<double> real(std::string_view text) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

// A value that is merged over rows, and the rows below the first that it stands in.
struct Merge {
  std::size_t column;
  std::uint32_t first, last;
};

class Sheet : public PartHandler {
 public:
  Sheet(SheetContext& context, Worksheet& out) : context_(context), out_(out) {}

  void finish() {
    std::vector<SheetRow>& rows = out_.table.rows;
    std::ranges::stable_sort(rows, {}, &SheetRow::number);
    for (const Merge& merge : merges_) spread(merge);
    std::erase_if(rows, [](const SheetRow& row) { return row.cells.empty(); });
  }

 private:
  Keeps begin(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") begin_row(attributes);
    else if (name == "c") begin_cell(attributes);
    else if (name == "mergeCell") add_merge(attributes.get("ref"));
    const bool value = (name == "v" && inside("c")) || (name == "t" && inside("is") && !inside("rPh"));
    return value ? Keeps::text : Keeps::nothing;
  }

  void end(std::string_view, std::string_view text) override {
    if (out_.table.rows.empty()) return;
    Cell cell = cell_of(text);
    if (!cell.text.empty()) put(out_.table.rows.back(), column_, std::move(cell));
  }

  void begin_row(const XmlAttributes& attributes) {
    const std::string_view given = attributes.get("r");
    std::uint32_t number = 0;
    std::from_chars(given.data(), given.data() + given.size(), number);
    row_ = number > 0 && number <= kLastRow ? number : row_ + 1;
    next_column_ = 0;
    if (context_.cells_left-- == 0) return too_large();
    out_.table.rows.push_back({row_, {}});
  }

  void begin_cell(const XmlAttributes& attributes) {
    const std::optional<Place> place = place_of(attributes.get("r"));
    column_ = place ? place->column : next_column_;
    next_column_ = column_ + 1;
    type_ = attributes.get("t");
    const std::string_view style = attributes.get("s");
    style_ = 0;
    std::from_chars(style.data(), style.data() + style.size(), style_);
  }

  Cell cell_of(std::string_view text) const {
    if (type_ == "s") {
      std::size_t index = context_.strings.size();
      std::from_chars(text.data(), text.data() + text.size(), index);
      return {index < context_.strings.size() ? context_.strings[index] : std::string(), CellKind::text};
    }
    if (type_ == "b") return {text == "1" ? "TRUE" : "FALSE", CellKind::boolean};
    if (type_ == "e") return {std::string(text), CellKind::error};
    if (type_ == "d") return {std::string(text.substr(0, 10)), CellKind::date};
    if (type_ == "str" || type_ == "inlineStr") return {unescaped(text), CellKind::text};
    return number_of(text);
  }

  Cell number_of(std::string_view text) const {
    const std::optional<double> value = real(text);
    if (!value) return {unescaped(text), CellKind::text};
    const Shows shows = style_ < context_.styles.size() ? context_.styles[style_] : Shows::number;
    const bool dated = shows == Shows::year || shows == Shows::month || shows == Shows::day;
    std::optional<bib::PartialDate> date = dated ? formats::date_of_serial(*value, context_.epoch) : std::nullopt;
    if (!date) return {fmt::format("{}", *value), CellKind::number};
    if (shows != Shows::day) date->day = 0;
    if (shows == Shows::year) date->month = 0;
    return {bib::to_edtf({.from = *date, .to = {}, .open_end = false, .literal = {}}), CellKind::date};
  }

  // Pieces of one cell (the runs of an inline string) are joined.
  void put(SheetRow& row, std::size_t column, Cell cell) {
    if (column >= kMaxColumns) return void(out_.too_wide = true);
    const std::size_t added = column < row.cells.size() ? 0 : column + 1 - row.cells.size();
    if (context_.cells_left < added || context_.text_left < cell.text.size()) return too_large();
    context_.cells_left -= added;
    context_.text_left -= cell.text.size();
    if (added > 0) row.cells.resize(column + 1);
    Cell& at = row.cells[column];
    at.text += cell.text;
    at.kind = cell.kind;
  }

  void add_merge(std::string_view ref) {
    const std::size_t colon = ref.find(':');
    if (colon == std::string_view::npos) return;
    const std::optional<Place> from = place_of(ref.substr(0, colon)), to = place_of(ref.substr(colon + 1));
    if (from && to && from->row < to->row) merges_.push_back({from->column, from->row, to->row});
  }

  void spread(const Merge& merge) {
    std::vector<SheetRow>& rows = out_.table.rows;
    auto row = std::ranges::lower_bound(rows, merge.first, {}, &SheetRow::number);
    if (row == rows.end() || row->number != merge.first || merge.column >= row->cells.size()) return;
    const Cell value = row->cells[merge.column];
    if (value.text.empty()) return;
    for (++row; row != rows.end() && row->number <= merge.last && !out_.too_large; ++row) {
      if (context_.cells_left-- == 0) return too_large();  // each step counts: merges may overlap
      const bool said = merge.column < row->cells.size() && !row->cells[merge.column].text.empty();
      if (!row->cells.empty() && !said) put(*row, merge.column, value);
    }
  }

  void too_large() {
    context_.cells_left = 0;
    out_.too_large = true;
    stop();
  }

  SheetContext& context_;
  Worksheet& out_;
  std::uint32_t row_ = 0;
  std::size_t column_ = 0, next_column_ = 0, style_ = 0;
  std::string type_;
  std::vector<Merge> merges_;
};

}  // namespace

Worksheet read_worksheet(ZeroEnded bytes, SheetContext& context) {
  Worksheet out;
  Sheet sheet(context, out);
  out.end = read_part(bytes, sheet);
  if (!out.too_large) sheet.finish();
  return out;
}

}  // namespace colophon::formats_office
