// SPDX-License-Identifier: GPL-3.0-or-later
// uses: formats_office
// Any bytes as a workbook, and as the XML of its sheet beside well-formed parts: no crash, no leak; what is read survives the wire.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats_office/worksheet.hpp"
#include "formats_office/xlsx_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace colophon;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const formats::Extraction read = formats_office::read_xlsx(bytes);
  if (read.outcome != formats::Outcome::ok && (!read.tables.empty() || read.diagnostics.empty())) std::abort();
  if (formats::extraction_from_json(to_json(read)) != read) std::abort();
  formats_office::SheetContext context;
  context.strings = {"one", "two"};
  context.styles = {formats_office::Shows::number, formats_office::Shows::day};
  context.cells_left = 10'000;
  context.text_left = 100'000;
  const formats::Table table = formats_office::read_worksheet(bytes, context).table;
  if (formats::table_from_json(to_json(table)) != table) std::abort();
  (void)formats_office::read_shared_strings(bytes);
  (void)formats_office::read_styles(bytes);
  (void)formats_office::read_workbook(bytes);
  return 0;
}
