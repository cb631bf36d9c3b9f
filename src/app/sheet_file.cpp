// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/import_sheet.hpp"
#include "base/io.hpp"
#include "formats/sheet/csv.hpp"
#include "ingest/worker.hpp"

#include <fmt/format.h>

namespace colophon::app {
namespace {

constexpr std::uint64_t kLargestSheet = std::uint64_t{256} << 20;
constexpr std::size_t kHeadBytes = 4096;

std::unexpected<Error> no_sheet(std::string_view what, const std::filesystem::path& path) {
  return fail(Errc::invalid, fmt::format("this is no spreadsheet but {}", what),
              "save it as CSV or as an Excel workbook (.xlsx); papers and references come in with “colophon add”", path.string());
}

// Text that is no other format of ours.
Status check_text(std::string_view head, const std::filesystem::path& path) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return {};  // UTF-16
  const formats::Format known = formats::sniff(head);
  if (known != formats::Format::unknown && known != formats::Format::csv)
    return no_sheet(fmt::format("a {} file", formats::row(known).label), path);
  const std::string_view what = formats::describe_unknown(head);
  if (!what.starts_with("text")) return no_sheet(what, path);
  return {};
}

Status read_workbook(Library& library, const std::filesystem::path& path, std::uint64_t size, SheetFile& out) {
  out.format = formats::Format::xlsx;
  TRY_ASSIGN(const Fd fd, open_read(path));
  TRY_ASSIGN(ingest::Worker worker, ingest::Worker::start(worker_limits(library.settings()), ingest::extract_program()));
  TRY_ASSIGN(formats::Extraction read, worker.extract(out.format, fd.get(), size));
  if (read.tables.empty()) {
    const Diagnostic why = read.diagnostics.empty() ? Diagnostic{} : read.diagnostics.back();
    return fail(Errc::invalid, why.message.empty() ? "the workbook cannot be read" : why.message, why.hint, path.string());
  }
  out.tables = std::move(read.tables);
  out.diagnostics = std::move(read.diagnostics);
  return {};
}

}  // namespace

Result<SheetFile> read_sheet_file(Library& library, const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path))
    return fail(Errc::invalid, "a spreadsheet is a file, not a folder", "name the file", path.string());
  SheetFile out;
  TRY_ASSIGN(out.bytes, read_file(path, kLargestSheet));
  const std::string_view view = out.bytes;
  if (view.starts_with("PK\x03\x04") || view.starts_with("\xD0\xCF\x11\xE0")) {
    TRY(read_workbook(library, path, view.size(), out));
  } else {
    TRY(check_text(view.substr(0, kHeadBytes), path));
    Parsed<formats::Csv> read = formats::read_csv(view);
    out.tables.push_back(std::move(read.value.table));
    out.diagnostics = std::move(read.diagnostics);
  }
  for (Diagnostic& d : out.diagnostics) d.at.path = path.string();
  return out;
}

}  // namespace colophon::app
