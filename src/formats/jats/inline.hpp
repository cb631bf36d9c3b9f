// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bib/rich_text.hpp"
#include "formats/jats/xml_out.hpp"

namespace colophon::formats::jats {

/// A line of running text: views into it.
using Line = std::vector<bib::Run>;

/// The lines of a text, parted at line feeds; empty ones are left out.
std::vector<Line> lines_of(const bib::RichText& text);
/// What can be pointed to: IDs of the document, each with the ref-type of a link to it ("fig", "bibr" …).
using Targets = std::map<std::string, std::string_view, std::less<>>;

/// What running text stands in.
struct Surroundings {
  Targets targets;
  bool formulas_in_links = true;  ///< else they are plain text there
};

/// The runs with their marks as elements, as few as may be: `sup`, `italic`, `ext-link`, `inline-formula` …; line feeds become blanks.
/// A link to one of the targets is an `xref`.
void write_runs(XmlOut& xml, std::span<const bib::Run> runs, const Surroundings& around);
void write_runs(XmlOut& xml, const bib::RichText& text, const Surroundings& around);
/// A formula: MathML as read (no prefix) with the prefix `mml`, TeX, or both as alternatives. False, and nothing is written, when there is
/// neither TeX nor well-formed MathML.
bool write_math(XmlOut& xml, std::string_view mathml, std::string_view tex);
/// Whether the reader gives the text back as it is: one line, blanks as a reader leaves them.
bool is_one_line(std::string_view text);
/// Whether the formulas in it are read as they are.
bool is_plain_math(const bib::RichText& text);

}  // namespace colophon::formats::jats
