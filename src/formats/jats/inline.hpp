// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "bib/rich_text.hpp"
#include "formats/jats/xml_out.hpp"

namespace colophon::formats::jats {

/// A line of running text.
using Line = std::vector<bib::Run>;

/// The lines of a text, parted at line feeds; empty ones are left out.
std::vector<Line> lines_of(const bib::RichText& text);
/// The runs with their marks as elements, as few as may be: `sup`, `italic`, `ext-link`, `inline-formula` …; line feeds become blanks.
void write_runs(XmlOut& xml, std::span<const bib::Run> runs);
/// Whether the reader gives the text back as it is: one line, blanks as a reader leaves them.
bool is_one_line(std::string_view text);

}  // namespace colophon::formats::jats
