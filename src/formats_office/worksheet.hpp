// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "formats_office/parts.hpp"

namespace colophon::formats_office {

/// What the sheets of a workbook share, and what they may still hold together.
struct SheetContext {
  std::vector<std::string> strings;
  std::vector<Shows> styles;
  formats::Epoch epoch = formats::Epoch::y1900;
  std::size_t cells_left = 0;
  std::size_t text_left = 0;  ///< bytes: one shared string may stand in a million cells
};

struct Worksheet {
  formats::Table table;
  formats_xml::XmlEnd end;
  bool too_large = false;
  bool too_wide = false;
};
Worksheet read_worksheet(ZeroEnded bytes, SheetContext& context);

}  // namespace colophon::formats_office
