// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats_pdf/file.hpp"

namespace colophon::formats_pdf {

/// A run of glyphs on one baseline, without wide gaps. Text is UTF-8 in NFC: ligatures spelled out, control characters and private
/// use dropped, accents set on their letters, one blank between words. A hyphenation mark at its end is kept as U+00AD or '-'.
struct Line {
  std::string text;
  Box box{};  ///< in the page's own coordinates only for turn 0
  float baseline = 0;
  float size = 0;  ///< of most of its glyphs, points
  bool bold = false;
  bool italic = false;
  std::uint8_t turn = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>>
      raised;  ///< bytes [begin, end) set smaller and higher: marks of notes and affiliations
};

/// Lines in the order in which the page paints them, which is reading order in nearly all born-digital files; text in other
/// directions stands behind the upright text. A line painted twice (imitated bold) is one.
std::vector<Line> lines_of(const RawPage& page, const std::vector<Font>& fonts);

/// The line's text with `instead` in the place of each run of raised marks.
std::string without_raised(const Line& line, std::string_view instead = {});

}  // namespace colophon::formats_pdf
