// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "bib/document.hpp"
#include "formats_pdf/lines.hpp"

namespace colophon::formats_pdf {

/// A page as lines.
struct PageLines {
  std::uint32_t number = 0;
  float width = 0;
  float height = 0;
  std::string label;
  std::vector<Line> lines;
  std::vector<bool> furniture;  ///< by line: a running head or foot, a page number, the line numbers of a review copy
};

/// Marks furniture: lines in the outer 12 % of their pages that return on three pages or more at the same height with the same text,
/// digits apart; and columns of bare numbers beside the text.
void mark_furniture(std::vector<PageLines>& pages);

/// The page's paragraphs without furniture, in reading order. Words parted at line ends are joined when they go on in lower case.
/// Paragraphs end at wide gaps, at indents, at short lines that end a sentence, and where size or weight changes.
std::vector<std::string> paragraphs(const PageLines& page);

/// The page as section of kind "page", its label the printed one where it is not simply the page's number.
bib::Section section_of(const PageLines& page);

/// `next` behind `text`, which ends a line: with a blank, or joined when a hyphen parted a word.
void join_line(std::string& text, std::string_view next);

}  // namespace colophon::formats_pdf
