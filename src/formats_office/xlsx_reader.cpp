// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats_office/xlsx_reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "formats_office/package.hpp"
#include "formats_office/worksheet.hpp"

#include <fmt/format.h>

namespace colophon::formats_office {
namespace {

using formats::Extraction;
using formats::Outcome;

constexpr std::size_t kMaxText = std::size_t{48} << 20;  // of all cells: less than a worker may answer
constexpr std::string_view kFolder = "xl/";

// Pictures, charts and the like are not inflated.
bool is_wanted(std::string_view name) {
  if (name == "_rels/.rels") return true;
  if (!name.starts_with(kFolder)) return false;
  const std::string_view inside = name.substr(kFolder.size());
  return (inside.ends_with(".xml") && (inside.find('/') == std::string_view::npos || inside.starts_with("worksheets/"))) ||
         (inside.starts_with("_rels/") && inside.ends_with(".rels"));
}

Extraction refused(Outcome outcome, std::vector<Diagnostic> diagnostics) {
  Extraction out;
  out.outcome = outcome;
  out.diagnostics = std::move(diagnostics);
  return out;
}

Extraction refused(Outcome outcome, std::string code, std::string message, std::string hint) {
  return refused(outcome, {{Severity::error, std::move(code), std::move(message), std::move(hint), {}}});
}

class WorkbookReader {
 public:
  explicit WorkbookReader(const Package& package) : package_(package) {}

  Extraction read() {
    const std::string book = target_of(good(read_relations(part("_rels/.rels"), "")), "/officeDocument");
    if (part(book).empty())
      return refused(Outcome::unsupported, "xlsx.no-workbook", "this is no Excel workbook",
                     "save the spreadsheet as an Excel workbook (.xlsx) or as CSV");
    const std::size_t slash = book.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : book.substr(0, slash + 1);
    const ZeroEnded relations_part = part(folder + "_rels/" + book.substr(folder.size()) + ".rels");
    const std::vector<Relation> relations = good(read_relations(relations_part, folder));
    const Workbook workbook = good(read_workbook(part(book)));
    SheetContext context;
    context.epoch = workbook.epoch;
    context.cells_left = kMaxCells;
    context.text_left = kMaxText;
    if (const auto strings = part(target_of(relations, "/sharedStrings")); !strings.empty())
      context.strings = good(read_shared_strings(strings));
    if (const auto styles = part(target_of(relations, "/styles")); !styles.empty()) context.styles = good(read_styles(styles));
    for (const Workbook::Sheet& sheet : workbook.sheets) {
      const auto relation = std::ranges::find(relations, sheet.relation, &Relation::id);
      if (sheet.hidden || relation == relations.end() || !relation->type.ends_with("/worksheet")) continue;
      if (out_.outcome == Outcome::ok) take(sheet.name, part(relation->target), context);
    }
    if (out_.outcome != Outcome::ok) out_.tables.clear();
    else if (out_.tables.empty())
      return refused(Outcome::no_text, "xlsx.empty", "no sheet of the workbook has cells", "choose another file");
    return std::move(out_);
  }

 private:
  ZeroEnded part(std::string_view name) const {
    const auto found = package_.parts.find(name);
    return found == package_.parts.end() ? ZeroEnded() : ZeroEnded(found->second);
  }

  static std::string target_of(const std::vector<Relation>& relations, std::string_view type) {
    const auto found = std::ranges::find_if(relations, [&](const Relation& r) { return r.type.ends_with(type); });
    return found == relations.end() ? std::string() : found->target;
  }

  // What a part says; a part that is broken breaks the workbook, for its cells would be wrong.
  template <class T>
  T good(Part<T> read) {
    if (read.end.outcome != Outcome::ok && out_.outcome == Outcome::ok)
      out_ = refused(read.end.outcome, std::move(read.end.diagnostics));
    return std::move(read.value);
  }

  void take(const std::string& name, ZeroEnded bytes, SheetContext& context) {
    Worksheet sheet = read_worksheet(bytes, context);
    if (sheet.too_large) {
      out_ = refused(Outcome::too_large, "xlsx.too-large", "the workbook holds more cells than can be read",
                     fmt::format("save the sheet that is needed as CSV; a workbook may hold {} cells", kMaxCells));
      return;
    }
    formats::Table table = good(Part<formats::Table>{std::move(sheet.table), std::move(sheet.end)});
    if (sheet.too_wide)
      out_.diagnostics.push_back(
          {Severity::warning,
           "xlsx.too-wide",
           fmt::format("sheet “{}” has more than {} columns; those further right are left out", name, kMaxColumns),
           "",
           {}});
    table.sheet = name;
    if (!table.rows.empty()) out_.tables.push_back(std::move(table));
  }

  const Package& package_;
  Extraction out_;
};

}  // namespace

Extraction read_xlsx(std::string_view bytes) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0"))
    return refused(Outcome::unsupported, "xlsx.old", "this is an old Excel file (.xls), or one with a password",
                   "save it as an Excel workbook (.xlsx) without a password, or as CSV");
  Package package = open_package(bytes, is_wanted);
  if (package.outcome != Outcome::ok) return refused(package.outcome, std::move(package.diagnostics));
  return WorkbookReader(package).read();
}

void init_office() {
  formats_xml::init_xml();
  init_packages();
}

}  // namespace colophon::formats_office
